import { labelText } from '@/components/playground/describe-line'
import { ROLES, type LabelStanding, type Role } from '@/lib/labelling/types'
import { requestAt, textAt } from './log-index'
import type { LabelState } from './model'
import { labelOf, standingOf } from './standing'
import { suggestionOf } from './suggestions'

/** What the list is narrowed to; empty lists narrow nothing. */
export interface LineFilter {
  readonly q: string
  readonly standings: readonly LabelStanding[]
  readonly roles: readonly Role[]
  readonly flagged: boolean
  /** In a blind labelling: also the lines around those of its sample. */
  readonly around: boolean
}

export const NO_FILTER: LineFilter = { q: '', standings: [], roles: [], flagged: false, around: false }

export function isFiltered(filter: LineFilter): boolean {
  return filter.q.trim() !== '' || filter.standings.length > 0 || filter.roles.length > 0 || filter.flagged
}

/** The lines that pass, ascending. */
export function filterLines(state: LabelState, filter: LineFilter): Int32Array {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = wordTest(state, words)
  const lines: number[] = []
  for (let line = 0; line < state.log.lines; line++) {
    const request = requestAt(state.log, line)
    if (passes(state, filter, request) && (words.length === 0 || holds(line, request))) lines.push(line)
  }
  return Int32Array.from(lines)
}

/** Whether a request passes all but the words. */
function passes(state: LabelState, filter: LineFilter, request: number): boolean {
  if (state.sample && !filter.around && !state.sample.has(request)) return false
  if (filter.standings.length > 0 && !filter.standings.includes(standingOf(state, request))) return false
  if (filter.flagged && state.labels[request]?.flagged !== true) return false
  return filter.roles.length === 0 || filter.roles.includes(roleOf(state, request) as Role)
}

/** The role that stands, or else the one suggested. */
export function roleOf(state: LabelState, request: number): Role | null {
  return state.labels[request]?.role ?? ROLES[state.suggestions?.columns.role[request] ?? -1] ?? null
}

/** Whether every word is in what a line says or is labelled; each text of the log is searched once. */
function wordTest(state: LabelState, words: readonly string[]): (line: number, request: number) => boolean {
  const { log } = state
  const columns = [log.verb, log.user, log.resource, log.subresource, log.namespace, log.name]
  const hits = words.map((word) => log.texts.map((text) => text.toLowerCase().includes(word)))
  const labelHits = words.map(() => new Map<number, boolean>())
  return (line, request) => words.every((word, w) => {
    if (columns.some((column) => hits[w]?.[column[line] ?? -1])) return true
    if (log.auditIDs[request]?.startsWith(word) || String(log.code[line]) === word) return true
    const label = labelOf(state, request).label ?? suggestionOf(state.suggestions, request)?.label ?? null
    if (label === null) return false
    const known = labelHits[w]?.get(label.code)
    if (known !== undefined) return known
    const hit = `${labelText(label)} ${label.code}`.toLowerCase().includes(word)
    labelHits[w]?.set(label.code, hit)
    return hit
  })
}

/** The place of a line among ascending ones, or of the next after it. */
export function placeOf(shown: Int32Array, line: number): number {
  let [low, high] = [0, shown.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shown[middle] as number) < line) low = middle + 1
    else high = middle
  }
  return low
}

/** How many lines shown would not be, were the filter asked anew. */
export function staleLines(state: LabelState, filter: LineFilter): number {
  if (filter.standings.length === 0 && filter.roles.length === 0 && !filter.flagged) return 0
  return state.shown.reduce((count, line) => count + (passes(state, filter, requestAt(state.log, line)) ? 0 : 1), 0)
}

/** "pods/exec" of a line. */
export function lineKind(state: LabelState, line: number): string {
  const [resource, subresource] = [textAt(state.log, state.log.resource, line), textAt(state.log, state.log.subresource, line)]
  return resource === null ? 'no API object' : subresource ? `${resource}/${subresource}` : resource
}
