import { AUDIT_CATALOGUE, countOf, findField, valuesOf, type QueryCatalogue } from './catalogue'
import { cursorAt, type Cursor } from './cursor'
import type { FieldType, QueryField } from './fields'
import { QUERY_FUNCTIONS } from './functions'
import { terminalsAfter } from './grammar-parser'
import { QUERY_LIMITS } from './limits'
import { QUERY_OPERATORS } from './operators'
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
    .map((candidate) => (candidate.kind === 'field' ? withPlaces(candidate, cursor.word) : candidate))
    .map((candidate) => ({ candidate, rank: rankOf(candidate.label, wanted) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ candidate }) => ({ ...candidate, start: cursor.start, end }))
}

/** A field goes on from the places that are typed already, where the catalogue has any place. */
function withPlaces(candidate: Candidate, word: string): Candidate {
  const places = word.match(/\[\d+\]/g)
  if (!places) return candidate
  const put = (text: string): string => {
    let at = 0
    return text.replaceAll('[*]', (any) => places[at++] ?? any)
  }
  return { ...candidate, label: put(candidate.label), insert: put(candidate.insert) }
}

/** A text being typed is replaced with its closing quote, where the editor has set one already. */
function trailing(text: string, at: number, cursor: Cursor): number {
  return cursor.inText && text[at] === cursor.word[0] ? 1 : 0
}

/** 0 begins with it, 1 one of its parts does, 2 holds it, 3 does not. */
function rankOf(label: string, wanted: string): number {
  const name = label.toLowerCase().replace(/^"/, '')
  if (name.startsWith(wanted)) return 0
  // A key of other letters follows its object in brackets, whatever the hand began with.
  if (wanted.endsWith('.') && name.startsWith(`${wanted.slice(0, -1)}["`)) return 0
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
  if (terminals.has('EQ')) found.push(...operatorCandidates(OPERATORS, 'operator'))
  if (terminals.has('DURATION') && !terminals.has('STRING')) found.push(...literalCandidates(LENGTHS, 'A length of time.'))
  if (terminals.has('INFIX')) found.push(...operatorCandidates(INFIXES, 'keyword'))
  for (const [terminal, word, doc] of WORDS) {
    if (terminals.has(terminal)) found.push({ label: word, kind: word.length > 1 ? 'keyword' : 'mark', insert: word, detail: '', doc })
  }
  return found
}

const MATCH: Candidate = { label: 'regexp(…)', kind: 'function', insert: 'regexp(', detail: 'regexp("pattern")', doc: 'The pattern is found in the text.' }

function mayMatch(cursor: Cursor, catalogue: QueryCatalogue): boolean {
  const type = cursor.comparedPath === null ? null : findField(catalogue, cursor.comparedPath)?.type
  return type !== 'number' && type !== 'boolean' && type !== 'time' && type !== 'duration'
}

const WORDS = [
  ['_AND', 'and', 'Both hold.'],
  ['_OR', 'or', 'Either holds.'],
  ['_NOT', 'not', 'What follows does not hold.'],
  ['IN', 'in', 'Equal to one of a list: in ("a", "b"); in~ whatever the case.'],
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

function operatorCandidates(offered: readonly string[], kind: CompletionKind): Candidate[] {
  return QUERY_OPERATORS.filter(({ name }) => offered.includes(name)).map(({ name, doc }) => ({ label: name, kind, insert: name, detail: '', doc }))
}

const OPERATORS = ['==', '!=', '==~', '!=~', '<', '<=', '>', '>=']
const INFIXES = ['contains', 'startsWith', 'endsWith', 'matches']
const LENGTHS = ['1s', '5s', '1m', '10m', '1h', '1d']
const MOMENTS = ['now', 'now - 10m', 'now - 1h', 'now - 1d']

function literalCandidates(texts: readonly string[], doc: string): Candidate[] {
  return texts.map((text) => ({ label: text, kind: 'value', insert: text, detail: '', doc }))
}

function valueCandidates(path: string, catalogue: QueryCatalogue): Candidate[] {
  const type = findField(catalogue, path)?.type
  if (type === 'duration') return literalCandidates(LENGTHS, 'A length of time.')
  if (type === 'time') return literalCandidates(MOMENTS, 'Reckoned from when the query runs.')
  return seenCandidates(path, type, catalogue)
}

function seenCandidates(path: string, type: FieldType | undefined, catalogue: QueryCatalogue): Candidate[] {
  const bare = type === 'number' || type === 'boolean'
  const known = type === 'boolean' ? ['true', 'false'] : valuesOf(catalogue, path)
  return known.slice(0, MOST_VALUES).map((value) => {
    const label = bare ? value : quote(value)
    const count = countOf(catalogue, path, value)
    return { label, kind: 'value', insert: label, detail: count === null ? '' : count.toLocaleString('en'), doc: count === null ? `A value of ${path}.` : `A value of ${path}, in ${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'} of this log.` }
  })
}
