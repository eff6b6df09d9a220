import { AUDIT_CATALOGUE, findField, type QueryCatalogue } from './catalogue'
import { fieldDetail } from './complete'
import { QUERY_FUNCTIONS } from './functions'
import { findOperator } from './operators'
import { scanQuery, type ScanToken } from './scan'
import { sourceOf } from './source-of'

/** What the piece of a query under the pointer means. */
export interface Description {
  readonly title: string
  readonly doc: string
  readonly start: number
  readonly end: number
}

/** Describes the field, function or operator at a place of a text; null where there is none. */
export function describeAt(text: string, position: number, catalogue: QueryCatalogue = AUDIT_CATALOGUE): Description | null {
  const token = scanQuery(text).find((one) => one.start <= position && position < one.end)
  if (!token) return null
  const { start, end } = token
  if (token.kind === 'operator' || token.kind === 'keyword') return describeOperator(token)
  if (token.kind !== 'path') return null
  const called = QUERY_FUNCTIONS.find((one) => one.name === token.text.replace(/~$/, '').replace(/^regex$/, 'regexp') && /^\s*\(/.test(text.slice(end)))
  if (called) return { title: called.signature, doc: called.doc, start, end }
  const field = findField(catalogue, token.text)
  return field ? { title: `${field.path}: ${fieldDetail(field)}`, doc: `${field.doc} (${sourceOf(field)})`, start, end } : null
}

function describeOperator({ text, start, end }: ScanToken): Description | null {
  const operator = findOperator(text)
  return operator && { title: text, doc: operator.doc, start, end }
}
