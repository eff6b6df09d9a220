import { mcNemar } from './mcnemar'
import type { PairedLines } from './paired-lines'

/** Who has a line right: A alone, B alone, both, neither. */
export const OUTCOMES = ['a', 'b', 'both', 'neither'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type OutcomeCounts = Readonly<Record<Outcome, number>>

/** How the lines of one kind fared. */
export interface GroupDifference {
  readonly key: string
  /** Of a context: the label that its lines bear. */
  readonly label?: string
  readonly lines: number
  readonly counts: OutcomeCounts
  /** B's share of right lines less A's. */
  readonly difference: number
  /** McNemar's exact test over these lines; of many kinds a few fall below .05 by chance. */
  readonly p: number
}

export function outcomeOf(pairs: PairedLines, line: number): Outcome {
  const [rightA, rightB] = [pairs.a[line] === pairs.want[line], pairs.b[line] === pairs.want[line]]
  return rightA ? (rightB ? 'both' : 'a') : rightB ? 'b' : 'neither'
}

export function countOutcomes(pairs: PairedLines): OutcomeCounts {
  const counts = { a: 0, b: 0, both: 0, neither: 0 }
  for (let line = 0; line < pairs.want.length; line++) counts[outcomeOf(pairs, line)]++
  return counts
}

/**
 * The outcomes by whatever `keyOf` says of a line (its label, context, verb); lines of which it says null are left out. What matters
 * first: where most lines changed hands on balance, then where most did at all.
 */
export function groupDifferences(pairs: PairedLines, keyOf: (line: number) => string | null): GroupDifference[] {
  const groups = new Map<string, Record<Outcome, number>>()
  for (let line = 0; line < pairs.want.length; line++) {
    const key = keyOf(line)
    if (key === null) continue
    let counts = groups.get(key)
    if (!counts) groups.set(key, (counts = { a: 0, b: 0, both: 0, neither: 0 }))
    counts[outcomeOf(pairs, line)]++
  }
  const rows = [...groups].map(([key, counts]) => {
    const lines = counts.a + counts.b + counts.both + counts.neither
    return { key, lines, counts, difference: (counts.b - counts.a) / lines, p: mcNemar(counts.a, counts.b).exact }
  })
  const weight = ({ counts }: GroupDifference): number => Math.abs(counts.b - counts.a)
  return rows.sort((x, y) => weight(y) - weight(x) || y.counts.a + y.counts.b - (x.counts.a + x.counts.b) || y.lines - x.lines || (x.key < y.key ? -1 : 1))
}
