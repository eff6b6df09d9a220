import { AUDIT_CATALOGUE, findField, valuesOf, type QueryCatalogue } from './catalogue'
import { cursorAt, type Cursor } from './cursor'
import type { QueryField } from './fields'
import { QUERY_FUNCTIONS } from './functions'
import { terminalsAfter } from './grammar-parser'
import { QUERY_LIMITS } from './limits'
import { quote } from './text-literal'

export type CompletionKind = 'field' | 'value' | 'operator' | 'keyword' | 'function' | 'mark'

/** One candidate: replacing `start` to `end` of the text by `insert` takes it. */
export interface Completion {
  readonly label: string
  readonly kind: CompletionKind
  readonly insert: string
  readonly detail: string
  readonly doc: string
  readonly start: number
  readonly end: number
}

type Candidate = Pick<Completion, 'label' | 'kind' | 'insert' | 'detail' | 'doc'>

const MOST_VALUES = 200

/**
 * What may stand at a place of a text, however incomplete: the grammar says which kinds fit, the catalogue which names.
 * Candidates hold what is typed already (case apart), those that begin with it first. Never throws.
 */
export function completeQuery(text: string, position: number, catalogue: QueryCatalogue = AUDIT_CATALOGUE): Completion[] {
  const at = Math.max(0, Math.min(position, text.length))
  if (at > QUERY_LIMITS.text) return []
  const cursor = cursorAt(text, at)
  const end = at + trailing(text, at, cursor)
  const wanted = cursor.inText ? cursor.word.slice(1).toLowerCase() : cursor.word.toLowerCase()
  return candidates(cursor, catalogue)
    .map((candidate) => ({ candidate, rank: rankOf(candidate.label, wanted) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ candidate }) => ({ ...candidate, start: cursor.start, end }))
}

/** A text being typed is replaced with its closing quote, where the editor has set one already. */
function trailing(text: string, at: number, cursor: Cursor): number {
  return cursor.inText && text[at] === cursor.word[0] ? 1 : 0
}

/** 0 begins with it, 1 one of its parts does, 2 holds it, 3 does not. */
function rankOf(label: string, wanted: string): number {
  const name = label.toLowerCase().replace(/^"/, '')
  if (name.startsWith(wanted)) return 0
  if (name.includes(`.${wanted}`)) return 1
  return name.includes(wanted) ? 2 : 3
}

function candidates(cursor: Cursor, catalogue: QueryCatalogue): Candidate[] {
  if (cursor.inText) return cursor.comparedPath === null ? [] : valueCandidates(cursor.comparedPath, catalogue)
  const terminals = terminalsAfter(cursor.before)
  const found: Candidate[] = []
  if (terminals.has('STRING') && cursor.comparedPath !== null) found.push(...valueCandidates(cursor.comparedPath, catalogue))
  if (terminals.has('NAME')) found.push(...fieldCandidates(terminals.has('EXISTS') || cursor.comparedPath === null, catalogue))
  if (terminals.has('EXISTS')) found.push(...functionCandidates())
  if (terminals.has('REGEXP') && !terminals.has('EXISTS') && mayMatch(cursor, catalogue)) found.push(MATCH)
  if (terminals.has('EQ')) found.push(...operatorCandidates())
  for (const [terminal, word, doc] of WORDS) {
    if (terminals.has(terminal)) found.push({ label: word, kind: word.length > 1 ? 'keyword' : 'mark', insert: word, detail: '', doc })
  }
  return found
}

const MATCH: Candidate = { label: 'regexp(…)', kind: 'function', insert: 'regexp(', detail: 'regexp("pattern")', doc: 'The pattern is found in the text.' }

function mayMatch(cursor: Cursor, catalogue: QueryCatalogue): boolean {
  const type = cursor.comparedPath === null ? null : findField(catalogue, cursor.comparedPath)?.type
  return type !== 'number' && type !== 'boolean' && type !== 'time'
}

const WORDS = [
  ['_AND', 'and', 'Both hold.'],
  ['_OR', 'or', 'Either holds.'],
  ['_NOT', 'not', 'What follows does not hold.'],
  ['_IN', 'in', 'Equal to one of a list: in ("a", "b").'],
  ['COMMA', ',', 'Another one.'],
  ['RPAR', ')', 'Closes the bracket.'],
  ['RSQB', ']', 'Closes the list.'],
] as const

function fieldCandidates(wanted: boolean, catalogue: QueryCatalogue): Candidate[] {
  if (!wanted) return []
  return catalogue.fields.map((field) => ({ label: field.path, kind: 'field', insert: field.path, detail: fieldDetail(field), doc: field.doc }))
}

export function fieldDetail(field: QueryField): string {
  return field.aliasOf ? `${field.type}, short for ${field.aliasOf}` : field.type
}

function functionCandidates(): Candidate[] {
  return QUERY_FUNCTIONS.map(({ name, signature, doc }) => ({ label: name, kind: 'function', insert: `${name}(`, detail: signature, doc }))
}

function operatorCandidates(): Candidate[] {
  const meanings = { '==': 'Equal.', '!=': 'Not equal, or missing.', '<': 'Less, or earlier.', '<=': 'At most.', '>': 'More, or later.', '>=': 'At least.' }
  return Object.entries(meanings).map(([label, doc]) => ({ label, kind: 'operator', insert: label, detail: '', doc }))
}

function valueCandidates(path: string, catalogue: QueryCatalogue): Candidate[] {
  const type = findField(catalogue, path)?.type
  const bare = type === 'number' || type === 'boolean'
  const known = type === 'boolean' ? ['true', 'false'] : valuesOf(catalogue, path)
  return known.slice(0, MOST_VALUES).map((value) => {
    const label = bare ? value : quote(value)
    return { label, kind: 'value', insert: label, detail: '', doc: `A value of ${path}.` }
  })
}
