import type { ScaleInfo } from '@/lib/experiments/report/report-types'
import { formatBytes, formatFigure } from '@/components/format/number'

/** A value as its axis has it: scores with four digits, everything else with four that count, and the unit. */
export function formatValue({ unit, domain }: Pick<ScaleInfo, 'unit' | 'domain'>, value: number): string {
  if (unit === 'bytes') return formatBytes(value)
  const text = unit === null && domain?.[0] === 0 && domain[1] === 1 ? value.toFixed(4) : formatFigure(value)
  return unit === null ? text : `${text} ${unit}`
}

/** "0.9812 ± 0.0021", with the unit once. */
export function formatMean(info: Pick<ScaleInfo, 'unit' | 'domain'>, mean: number, deviation: number | null): string {
  if (deviation === null) return formatValue(info, mean)
  if (info.unit === 'bytes') return `${formatBytes(mean)} ± ${formatBytes(deviation)}`
  const bare = { unit: null, domain: info.domain }
  return `${formatValue(bare, mean)} ± ${formatValue(bare, deviation)}${info.unit === null ? '' : ` ${info.unit}`}`
}

/** A tick of an axis, without the unit that its title says. */
export function formatTick({ unit }: Pick<ScaleInfo, 'unit'>, value: number): string {
  return unit === 'bytes' ? formatBytes(value) : formatFigure(value)
}

/** "training time (s), log scale". */
export function axisTitle({ title, unit, scale }: ScaleInfo): string {
  return `${title}${unit === null || unit === 'bytes' ? '' : ` (${unit})`}${scale === 'log' ? ', log scale' : ''}`
}
