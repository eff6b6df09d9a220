import { smooth } from '@/components/charts/plot-data'
import type { PlotSeries } from '@/components/charts/plot-types'
import type { EpochRow } from '@/lib/experiments/execute-types'

type Curve = 'loss' | 'accuracy' | 'validationLoss' | 'validationAccuracy'

/** One curve over epochs; `weight` smooths it (0 not at all). */
export function epochSeries(epochs: readonly EpochRow[], curve: Curve, look: Omit<PlotSeries, 'points'>, weight = 0): PlotSeries {
  const values = smooth(epochs.map((row) => row[curve]), weight)
  return { ...look, points: epochs.map((row, index) => ({ x: row.epoch, y: values[index] ?? row[curve], deviation: null, values: [] })).filter((point) => Number.isFinite(point.y)) }
}

/** Adds epochs that came in; one sent twice stands once, in order. */
export function mergeEpochs(known: readonly EpochRow[], added: readonly EpochRow[]): readonly EpochRow[] {
  const rows = new Map(known.map((row) => [row.epoch, row]))
  for (const row of added) rows.set(row.epoch, row)
  return [...rows.values()].sort((a, b) => a.epoch - b.epoch)
}
