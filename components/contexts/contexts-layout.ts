import type { Column } from '@/components/columns/column'

const WIDTHS: Readonly<Record<string, number>> = { time: 164, sentence: 300, user: 120, verb: 74, resource: 132, namespace: 100, name: 130, events: 66, lines: 60, duration: 92, label: 160, confidence: 60, corrected: 120, command: 110, followed: 200, hour: 130 }
const SELECT = 34

/** Widths of the columns as a grid's template, and their sum; the sentence takes what is left. */
export function contextsLayout(columns: readonly Column[]): { readonly template: string; readonly width: number } {
  const widths = columns.map(({ key }) => WIDTHS[key] ?? 100)
  const tracks = columns.map(({ key, kind }, place) => (key === 'sentence' ? `minmax(${widths[place]}px, 4fr)` : kind === 'number' ? `${widths[place]}px` : `minmax(${widths[place]}px, 1fr)`))
  return { template: [`${SELECT}px`, ...tracks].join(' '), width: widths.reduce((sum, width) => sum + width, SELECT) }
}
