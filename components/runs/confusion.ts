import type { ConfusionCell } from '@/lib/experiments/run-spec'

export interface ConfusionMatrix {
  readonly labels: readonly string[]
  /** counts[truth][predicted] among `labels`. */
  readonly counts: readonly (readonly number[])[]
  readonly largest: number
}

/** Wrong pairs, most frequent first. */
export function topConfusions(cells: readonly ConfusionCell[], limit: number): readonly ConfusionCell[] {
  return cells.filter((cell) => cell.truth !== cell.predicted).toSorted((a, b) => b.count - a.count).slice(0, limit)
}

/** The matrix over the labels that take part in most mistakes; right answers stand on its diagonal. */
export function confusionMatrix(cells: readonly ConfusionCell[], size: number): ConfusionMatrix {
  const wrong = new Map<string, number>()
  for (const { truth, predicted, count } of cells) {
    if (truth === predicted) continue
    wrong.set(truth, (wrong.get(truth) ?? 0) + count)
    wrong.set(predicted, (wrong.get(predicted) ?? 0) + count)
  }
  const labels = [...wrong].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, size).map(([label]) => label).sort()
  const place = new Map(labels.map((label, index) => [label, index]))
  const counts = labels.map(() => labels.map(() => 0))
  for (const { truth, predicted, count } of cells) {
    const [row, column] = [place.get(truth), place.get(predicted)]
    const line = row === undefined ? undefined : counts[row]
    if (line && column !== undefined) line[column] = count
  }
  return { labels, counts, largest: Math.max(0, ...counts.flatMap((line, row) => line.filter((_, column) => column !== row))) }
}
