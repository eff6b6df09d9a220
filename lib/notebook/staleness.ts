import { stableHash } from '@/lib/contexts/context-id'
import type { Cell } from './cell'
import { dependenciesOf } from './dependencies'
import { contentKey } from './fence'
import type { CellResult, MadeOf, Output, Results } from './result'

/** What a cell would be made of if it ran now, as far as the store tells; by cell id. */
export interface PresentSource { readonly dataset: MadeOf['dataset']; readonly runs: MadeOf['runs'] }
export type Present = Readonly<Record<string, PresentSource>>

/** Of what bears on the output: how an answer is shown, how many rows of it, and captions do not. */
export function contentFingerprint(cell: Cell): string {
  switch (cell.kind) {
    case 'query': return stableHash(contentKey({ ...cell, view: 'table', limit: 1 }))
    case 'experiment':
    case 'comparison':
    case 'context': return stableHash(contentKey({ ...cell, text: '' }))
    case 'markdown':
    case 'chart': return stableHash(contentKey(cell))
  }
}

/** Of the output alone, so that running again with the same outcome makes nothing stale. Keys are put in order, as PostgreSQL keeps them in its own. */
export function outputFingerprint(output: Output): string {
  return stableHash(JSON.stringify(output, (_, value: unknown) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value)), 4)
}

/** Why the output of each cell may no longer hold, in words; a cell without an entry is as good as new. Failures are as they are. */
export function staleness(cells: readonly Cell[], results: Results, present: Present): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const byId = new Map(cells.map((cell) => [cell.id, cell]))
  const asked = new Set<string>()
  const visit = (cell: Cell): void => {
    if (asked.has(cell.id)) return
    asked.add(cell.id)
    const needed = dependenciesOf(cell).flatMap((id) => byId.get(id) ?? [])
    for (const one of needed) visit(one)
    const result = results[cell.id]
    if (!result) return
    const reasons = [...ownReasons(cell, result, present[cell.id]), ...needed.flatMap((one) => upstreamReasons(one, result, results, found))]
    if (reasons.length > 0) found.set(cell.id, reasons)
  }
  for (const cell of cells) visit(cell)
  return found
}

function ownReasons(cell: Cell, { made }: CellResult, now: PresentSource | undefined): string[] {
  const reasons: string[] = []
  if (made.content !== contentFingerprint(cell)) reasons.push('the cell was changed')
  if (!now) return reasons
  const [before, after] = [made.dataset, now.dataset]
  if (before && !after) reasons.push(`${before.name} is gone`)
  else if (before && after && before.fingerprint !== after.fingerprint) reasons.push(before.version === after.version ? `${after.name} is another log now` : `${after.name} is at version ${after.version}, was ${before.version}`)
  if (made.runs && now.runs && made.runs.fingerprint !== now.runs.fingerprint) reasons.push(made.runs.count === now.runs.count ? 'its runs have gone on' : `there are ${now.runs.count} runs, were ${made.runs.count}`)
  return reasons
}

function upstreamReasons(needed: Cell, { made }: CellResult, results: Results, stale: ReadonlyMap<string, readonly string[]>): string[] {
  const output = results[needed.id]?.output
  if (stale.has(needed.id)) return [`${needed.id} is stale`]
  const before = made.from[needed.id]
  if (before === undefined) return []
  if (!output) return [`${needed.id} has no output now`]
  return before === outputFingerprint(output) ? [] : [`${needed.id} gives another output now`]
}
