import type { AuditEvent } from '@/lib/audit/event'
import type { Labelling } from './labelling'

/*
 * The canonical forms that content hashes are taken of. They say what an event or a label is, whatever its order of keys or place in a file,
 * so that a log that was exported and imported again has the hashes it had.
 */

/** JSON without white space, keys of objects in order of their UTF-16 units; NUL and half surrogates, which a database cannot hold, are U+FFFD. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(storable(value))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return listJson(value)
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key]
    if (item !== undefined) text += `${text === '' ? '' : ','}${keyJson(key)}${canonicalJson(item)}`
  }
  return `{${text}}`
}

function listJson(list: readonly unknown[]): string {
  let text = ''
  for (const item of list) text += `${text === '' ? '' : ','}${canonicalJson(item)}`
  return `[${text}]`
}

/** Keys come again and again; a hostile log's many are not kept. */
const keys = new Map<string, string>()
const MOST_KEYS = 20_000

function keyJson(key: string): string {
  const known = keys.get(key)
  if (known !== undefined) return known
  const made = `${JSON.stringify(storable(key))}:`
  if (keys.size < MOST_KEYS && key.length < 200) keys.set(key, made)
  return made
}

function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '\uFFFD') : whole
}

/** An event as its hash sees it: all of it but what is computed from its times. */
export function canonicalEvent(event: AuditEvent): string {
  const { receivedMicros: _, stageMicros: __, ...logged } = event
  return canonicalJson(logged)
}

/** What stands of a request, one line: `["ID","trigger","CONTEXT",["GROUP","RESOURCE","SUB","VERB",NAMESPACED,SINGLE]]`, the last null without a label. */
export function canonicalLabel(auditID: string, { role, context, label }: Labelling): string {
  const parts = label && [label.group, label.resource, label.subresource, label.verb, label.namespaced, label.single]
  return canonicalJson([auditID, role, context, parts])
}

/** The order of lines in a hash: by auditID, by its UTF-16 units. */
export function byAuditID(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

/** Labels as lines in canonical order: what is stored of a version, and what its hash is taken of. */
export function* labelLines(labels: Iterable<readonly [string, Labelling]>): Generator<string> {
  for (const [auditID, labelling] of [...labels].sort(byAuditID)) yield `${canonicalLabel(auditID, labelling)}\n`
}
