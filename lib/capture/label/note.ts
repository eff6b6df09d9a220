import type { AuditEvent, JsonObject, JsonValue } from '@/lib/audit/event'
import { asObject, asText } from '@/lib/audit/json'
import { extractFacts, type EventFacts } from '@/lib/contexts/facts'
import { motionOf, type MotionNote } from './motion'
import type { FactPool } from '@/lib/contexts/fact-pool'
import { backgroundRule } from '@/lib/labels/background'
import { isExternalUser, serviceAccountOf } from '@/lib/labels/external-user'

/** What labelling keeps of one line: its facts, and which of the campaign's tokens it bears and where. */
export interface LineNote {
  readonly facts: EventFacts
  readonly uri: string
  /** Tokens in the name of the object it is about. */
  readonly own: readonly string[]
  /** Tokens anywhere in it but the items of a list that it was answered with. */
  readonly near: readonly string[]
  /** How sure a rule is that it is background, null where none says so. */
  readonly background: 'always' | 'unless-linked' | null
  /** The account's namespace where a service account asked. */
  readonly account: string | null
  readonly agent: string
  /** Who really asked. */
  readonly user: string
  readonly motion: MotionNote
}

type Finder = (text: string) => readonly string[]

export interface NoteOptions {
  /** Finds the campaign's tokens in a text. */
  find(text: string): readonly string[]
  /** Whether the capture sent the request: then whoever the kubeconfig names is a user. */
  isOurs(auditID: string): boolean
  readonly pool: FactPool
}

/** Notes of one event. */
export function noteLine(event: AuditEvent, { find, isOurs, pool }: NoteOptions): LineNote {
  const facts = extractFacts(event, { pool, isExternal: (one) => isOurs(one.auditID) || isExternalUser(one) })
  const rule = backgroundRule(event)
  const request = asObject(event.requestObject)
  const response = asObject(event.responseObject)
  const single = response !== null && !isList(response) ? response : null
  const user = event.user?.username ?? ''
  return {
    facts, uri: event.requestURI ?? '', own: ownTokens(event, request, single, find),
    near: tokensIn(find, event.requestURI, event.objectRef?.name ?? null, event.objectRef?.namespace ?? null, event.requestObject, single),
    background: rule?.certainty ?? null, account: serviceAccountOf(user)?.namespace ?? null, agent: event.userAgent ?? '', user, motion: motionOf(event),
  }
}

function ownTokens(event: AuditEvent, request: JsonObject | null, response: JsonObject | null, find: Finder): readonly string[] {
  const body = response ?? request
  if (event.objectRef?.resource === 'events') {
    const about = asObject(body?.involvedObject) ?? asObject(body?.regarding) ?? asObject(request?.involvedObject) ?? asObject(request?.regarding)
    const told = find(asText(about?.name) ?? '')
    if (told.length > 0) return told
  }
  if (event.verb === 'deletecollection') return itemTokens(event.responseObject, find)
  const named = find(event.objectRef?.name ?? '')
  if (named.length > 0) return named
  const metadata = asObject(body?.metadata) ?? {}
  const made = find(`${asText(metadata.name) ?? ''} ${asText(metadata.generateName) ?? asText(asObject(request?.metadata)?.generateName) ?? ''}`)
  if (made.length > 0) return made
  const owners = tokensIn(find, metadata.ownerReferences ?? null, asObject(request?.metadata)?.ownerReferences ?? null)
  return owners.length > 0 ? owners : tokensIn(find, asObject(asObject(body?.spec)?.claimRef)?.name ?? null)
}

/** What a deleted collection held. */
function itemTokens(list: JsonValue, find: Finder): readonly string[] {
  const items = asObject(list)?.items
  return Array.isArray(items) ? tokensIn(find, ...items.map((item) => asObject(asObject(item)?.metadata)?.name ?? null)) : []
}

function isList(body: JsonObject): boolean {
  return Array.isArray(body.items) || (asText(body.kind) ?? '').endsWith('List')
}

function tokensIn(find: Finder, ...values: readonly JsonValue[]): readonly string[] {
  const found = new Set<string>()
  for (const value of values) if (value !== null) for (const token of find(typeof value === 'string' ? value : JSON.stringify(value))) found.add(token)
  return [...found]
}

/** The notes of several stages of one request as one: its fullest stage's facts, all stages' tokens. */
export function joinNotes(facts: EventFacts, stages: readonly LineNote[]): LineNote {
  const fullest = stages.find((note) => note.facts === facts) ?? stages[0]
  if (!fullest) throw new RangeError('no stages to join')
  const own = fullest.own.length > 0 ? fullest.own : stages.find((note) => note.own.length > 0)?.own ?? []
  return { ...fullest, facts, own, near: [...new Set(stages.flatMap((note) => note.near))] }
}
