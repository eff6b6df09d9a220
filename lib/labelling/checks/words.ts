import type { LabelParts } from '@/lib/labels/action-label'

/** "create pods/exec" of a label; what stands in it comes from the log. */
export function labelWords(label: LabelParts): string {
  const group = label.group === '' ? '' : `.${label.group}`
  return `${label.verb} ${label.resource}${group}${label.subresource ? `/${label.subresource}` : ''}`
}

/** "0.4 ms", "12 s", "5 min" of milliseconds. */
export function secondsText(milliseconds: number): string {
  if (milliseconds < 1) return `${Number(milliseconds.toPrecision(1))} ms`
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 120_000) return `${Number((milliseconds / 1000).toPrecision(3))} s`
  return `${Number((milliseconds / 60_000).toPrecision(3))} min`
}
