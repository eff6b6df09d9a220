import { cohensKappa } from '@/lib/model/metrics/classification'
import { Confusion } from '@/lib/model/metrics/confusion'
import { groupNumbers, pairedBootstrap, RESAMPLES, type Bootstrap } from './bootstrap'
import { FACETS, type Facet, type LineFacets } from './line-facets'
import { mcNemar, type McNemar } from './mcnemar'
import { countOutcomes, groupDifferences, type GroupDifference, type OutcomeCounts } from './outcomes'
import type { PairedLines } from './paired-lines'

/** Two runs on the lines that both answered; differences are B less A. */
export interface Comparison {
  readonly lines: number
  readonly onlyInA: number
  readonly onlyInB: number
  readonly relabelled: number
  readonly counts: OutcomeCounts
  readonly mcNemar: McNemar
  /** Agreement of A's labels with B's beyond chance, right or wrong. */
  readonly kappa: number
  /** Each line by itself, and whole contexts; lines outside contexts count as one each. */
  readonly byLines: Bootstrap
  readonly byContexts: Bootstrap
  /** Lines that stand in a context of the truth. */
  readonly linesInContexts: number
  readonly tables: Readonly<Record<'label' | Facet, readonly GroupDifference[]>>
}

/** Scored lines of all resamples at most: beyond it there are fewer resamples, so that an answer takes seconds. */
const MOST_WORK = 40_000_000
const LEAST_RESAMPLES = 200

/** Compares two runs line by line. `facets` has a place for each line, undefined where its event is not in the store any more. */
export async function comparePairs(pairs: PairedLines, facets: readonly (LineFacets | undefined)[], options: { seed: number; breathe?: () => Promise<void> }): Promise<Comparison> {
  const lines = pairs.want.length
  const scored = { classes: pairs.labels.length, want: pairs.want, a: pairs.a, b: pairs.b }
  const resamples = Math.max(LEAST_RESAMPLES, Math.min(RESAMPLES, Math.floor(MOST_WORK / Math.max(1, lines))))
  const contexts = Array.from({ length: lines }, (_, line) => facets[line]?.context ?? null)
  const counts = countOutcomes(pairs)
  const table = (facet: Facet): GroupDifference[] => groupDifferences(pairs, (line) => facets[line]?.[facet] ?? null)
  const labelOf = new Map(contexts.map((context, line) => [context, pairs.labels[pairs.want[line] as number]]))
  const labelled = (row: GroupDifference): GroupDifference => { const label = labelOf.get(row.key); return label === undefined ? row : { ...row, label } }
  return {
    lines,
    onlyInA: pairs.onlyInA,
    onlyInB: pairs.onlyInB,
    relabelled: pairs.relabelled,
    counts,
    mcNemar: mcNemar(counts.a, counts.b),
    kappa: agreement(pairs),
    byLines: await pairedBootstrap(scored, { ...options, resamples, groups: Int32Array.from({ length: lines }, (_, line) => line) }),
    byContexts: await pairedBootstrap(scored, { ...options, resamples, groups: groupNumbers(contexts) }),
    linesInContexts: contexts.filter((context) => context !== null).length,
    tables: {
      label: groupDifferences(pairs, (line) => pairs.labels[pairs.want[line] as number] ?? null),
      ...(Object.fromEntries(FACETS.map((facet) => [facet, facet === 'context' ? table(facet).map(labelled) : table(facet)])) as Record<Facet, GroupDifference[]>),
    },
  }
}

function agreement(pairs: PairedLines): number {
  const confusion = new Confusion()
  const name = (place: number | undefined): string => pairs.labels[place ?? -1] ?? ''
  for (let line = 0; line < pairs.a.length; line++) confusion.add(name(pairs.a[line]), name(pairs.b[line]))
  return cohensKappa(confusion)
}
