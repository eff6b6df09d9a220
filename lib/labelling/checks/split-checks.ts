import type { ContextFacts, LogFacts } from './facts'
import type { Check, Place, SplitColumns } from './types'

/** Lines of the paper's windows: one that begins in a part must not reach into another. */
export const WINDOW = 60

export const SPLIT_CHECKS: readonly Check[] = [
  {
    id: 'split-context', group: 'splits', severity: 'wrong',
    title: 'Contexts in two parts of a split',
    why: 'Requests of one context bear one label and follow from one another: a model that learned from some of them has seen the answer to the rest.',
    todo: 'Split by whole contexts, or leave the straddling ones out.',
    find: (facts) => facts.splits.flatMap((split) => facts.contexts.flatMap((context) => straddles(facts, split, context))),
  },
  {
    id: 'split-window', group: 'splits', severity: 'look',
    title: `Parts of a split within ${WINDOW} lines of each other`,
    why: `A window of ${WINDOW} lines sees its neighbours: without a gap of ${WINDOW - 1} lines, test lines stand in training windows. Over overlapping windows this alone lifts accuracy by thirty points.`,
    todo: `Leave ${WINDOW - 1} lines out between two parts.`,
    find: (facts) => facts.splits.flatMap((split) => neighbours(facts, split)),
  },
]

function straddles(facts: LogFacts, split: SplitColumns, { id, members }: ContextFacts): Place[] {
  const first = members.map((request) => split.partOf[request] ?? -1).find((part) => part >= 0)
  if (first === undefined) return []
  const other = members.find((request) => { const part = split.partOf[request] ?? -1; return part >= 0 && part !== first })
  if (other === undefined) return []
  return [{ line: facts.lineOf(other), note: `${split.name}: context ${id} stands in ${split.parts[first] ?? ''} and ${split.parts[split.partOf[other] ?? -1] ?? ''}` }]
}

/** The first line of a part that lies within a window of a line of another one, once for each time they meet. */
function neighbours(facts: LogFacts, split: SplitColumns): Place[] {
  const { request } = facts.input.log
  const places: Place[] = []
  let last: { readonly line: number; readonly part: number } | null = null
  request.forEach((of, line) => {
    const part = split.partOf[of] ?? -1
    if (part < 0) return
    if (last !== null && last.part !== part && line - last.line < WINDOW) {
      places.push({ line, note: `${split.name}: ${split.parts[part] ?? ''} begins ${line - last.line} ${line - last.line === 1 ? 'line' : 'lines'} after ${split.parts[last.part] ?? ''}` })
    }
    last = { line, part }
  })
  return places
}
