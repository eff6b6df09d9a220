import type { Point } from '../points'

/** A context as its label's statistics see it. */
export interface SizedContext { readonly label: string; readonly lines: number }

interface Bin { readonly name: string; readonly from: number; readonly below: number }

/** The bins of the paper's Figure 10, then those that its text counts by, which overlap them. A mean that is no whole number belongs to the bin it has begun. */
export const SIZE_BINS: readonly Bin[] = [
  { name: '1-4', from: 1, below: 5 }, { name: '5-9', from: 5, below: 10 }, { name: '10-49', from: 10, below: 50 }, { name: '50-99', from: 50, below: 100 },
  { name: '100+', from: 100, below: Number.POSITIVE_INFINITY },
  { name: '5+', from: 5, below: Number.POSITIVE_INFINITY }, { name: '50+', from: 50, below: Number.POSITIVE_INFINITY }, { name: 'all', from: 0, below: Number.POSITIVE_INFINITY },
]

interface LabelSizes { contexts: number; lines: number }

/** Labels by the mean size of their contexts: a point a bin. */
export function sizePoints(contexts: Iterable<SizedContext>): Point[] {
  const labels = new Map<string, LabelSizes>()
  for (const { label, lines } of contexts) {
    const known = labels.get(label) ?? { contexts: 0, lines: 0 }
    labels.set(label, { contexts: known.contexts + 1, lines: known.lines + lines })
  }
  return SIZE_BINS.map(({ name, from, below }): Point => {
    const within = [...labels.values()].filter((label) => label.lines / label.contexts >= from && label.lines / label.contexts < below)
    const total = (part: keyof LabelSizes): number => within.reduce((sum, label) => sum + label[part], 0)
    const mean: Point['measures'] = total('contexts') === 0 ? {} : { meanContextLines: total('lines') / total('contexts') }
    return { axes: { bin: name }, measures: { labels: within.length, labelShare: labels.size === 0 ? 0 : within.length / labels.size, contexts: total('contexts'), contextLines: total('lines'), ...mean } }
  })
}
