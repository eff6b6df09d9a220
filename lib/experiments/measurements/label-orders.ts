import type { EventFacts } from '@/lib/contexts/facts'
import { queueOrder } from '@/lib/labelling/queue/queue-order'
import { requestKind } from '@/lib/labelling/queue/request-kind'
import type { LinkedTable } from '@/lib/model/linked/linked-lines'
import type { VotedPrediction } from '@/lib/model/linked/linked-votes'
import { threefry } from '@/lib/model/random'

/**
 * In which order an annotator labels. `random`: any line next. `uncertain`: the queue of the labelling page. `entropy`: the most uncertain lines alone,
 * copies and all. `log`: from the first line on.
 */
export const LABEL_ORDERS = ['random', 'uncertain', 'entropy', 'log'] as const
export type LabelOrder = (typeof LABEL_ORDERS)[number]

/** What an order chooses from. */
export interface Pool {
  readonly table: LinkedTable
  /** Lines that may be labelled, drawn in random order by the seed. */
  readonly drawn: readonly number[]
  readonly seed: number
}

/** Lines in an order that the seed decides; `purpose` keeps two draws apart. */
export function drawLines(lines: readonly number[], seed: number, purpose: number): number[] {
  return lines.map((line) => ({ line, rank: threefry(seed, purpose, line, 0)[0] })).sort((a, b) => a.rank - b.rank || a.line - b.line).map(({ line }) => line)
}

/** The next lines to label, up to `count`: none of them labelled before. The queue and `entropy` go by what the last network said of every line. */
export function nextLabels(order: LabelOrder, { table, drawn, seed }: Pool, labelled: ReadonlySet<number>, count: number, said: readonly VotedPrediction[]): number[] {
  const left = drawn.filter((line) => !labelled.has(line))
  if (order === 'random') return left.slice(0, count)
  if (order === 'log') return left.sort((a, b) => a - b).slice(0, count)
  const entropy = (line: number): number => said[line]?.entropy ?? 0
  if (order === 'entropy') return left.sort((a, b) => entropy(b) - entropy(a) || a - b).slice(0, count)
  return queueOrder(left.map((line) => ({ request: line, uncertainty: entropy(line), kind: kindOf(table, line, said[line]) })), { count, seed })
}

function kindOf(table: LinkedTable, line: number, said: VotedPrediction | undefined): string {
  const { verb, resource, subresource, user } = table.events[table.eventOf[line] ?? -1] as EventFacts
  return requestKind({ verb, resource, subresource, user, said: said?.label?.code ?? -1 })
}
