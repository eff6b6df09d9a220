import type { Bar, BarsBody } from '@/lib/experiments/report/report-types'

export interface BarRow { readonly key: string; readonly title: string; readonly bars: readonly { readonly series: number; readonly bar: Bar }[] }

/** Categories in the order of their first appearance, each with the bars of every series. */
export function barRows(body: BarsBody): BarRow[] {
  const rows = new Map<string, { title: string; bars: { series: number; bar: Bar }[] }>()
  body.series.forEach((one, series) => {
    for (const bar of one.bars) {
      const key = String(bar.category)
      const row = rows.get(key) ?? { title: bar.title, bars: [] }
      row.bars.push({ series, bar })
      rows.set(key, row)
    }
  })
  return [...rows].map(([key, row]) => ({ key, ...row }))
}

/**
 * Ends of the value axis. Bars begin at zero, and a score's axis is whole; where they are told against a baseline they begin there, and the axis
 * holds what they, their deviations and their single values reach.
 */
export function barDomain(body: BarsBody): readonly [number, number] {
  const log = body.value.scale === 'log'
  const bars = body.series.flatMap((one) => one.bars)
  const reached = [...bars, ...(body.baseline ? [body.baseline] : [])].flatMap(({ mean, deviation, values }) => [mean, mean - (deviation ?? 0), mean + (deviation ?? 0), ...values.map((one) => one.value)])
  const usable = reached.filter((value) => Number.isFinite(value) && (!log || value > 0))
  if (usable.length === 0) return log ? [1, 10] : [0, 1]
  const [low, high] = [Math.min(...usable), Math.max(...usable)]
  if (log) return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.001))]
  if (body.baseline) {
    const room = (high - low || Math.abs(high) || 1) * 0.08
    return [low - room, high + room]
  }
  return body.value.domain ?? [Math.min(0, low), high > 0 ? high * 1.05 : 0]
}

/** Where a bar begins. */
export function barFoot(body: BarsBody, domain: readonly [number, number]): number {
  return body.baseline?.mean ?? (body.value.scale === 'log' ? domain[0] : Math.max(0, domain[0]))
}
