import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { parseMicros } from '@/lib/audit/time'
import { compileQuery, parseQuery, type Predicate } from '@/lib/query'
import { z } from 'zod'
import type { Labellings } from './labelling'

/** What is cut out of a log; all that is given must hold. */
export const sliceSpecSchema = z.strictObject({
  /** Received at or after, and before; RFC 3339. */
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  users: z.array(z.string().min(1).max(512)).min(1).max(1000).optional(),
  namespaces: z.array(z.string().min(1).max(512)).min(1).max(1000).optional(),
  query: z.string().min(1).max(10_000).optional(),
  /** `whole`: a labelled context is taken or left as its trigger is; `cut`: every request by itself. */
  contexts: z.enum(['whole', 'cut']).default('whole'),
}).refine(({ from, until, users, namespaces, query }) => [from, until, users, namespaces, query].some((part) => part !== undefined), { message: 'say what to cut out: a time, users, namespaces or a query' })

export type SliceSpec = z.infer<typeof sliceSpecSchema>

/**
 * Whether an event is what the slice asks for, standing alone.
 * @throws QueryError for a query that is none, AuditweaveError 'bad-slice' for times that leave nothing between them
 */
export function slicePredicate(spec: SliceSpec): (event: AuditEvent) => boolean {
  const from = spec.from === undefined ? Number.NEGATIVE_INFINITY : (parseMicros(spec.from) ?? Number.NaN)
  const until = spec.until === undefined ? Number.POSITIVE_INFINITY : (parseMicros(spec.until) ?? Number.NaN)
  if (!(from < until)) throw new AuditweaveError('bad-slice', `From ${spec.from ?? ''} until ${spec.until ?? ''} there is nothing: the first must be earlier.`)
  const timed = spec.from !== undefined || spec.until !== undefined
  const users = spec.users && new Set(spec.users)
  const namespaces = spec.namespaces && new Set(spec.namespaces)
  const query: Predicate | undefined = spec.query === undefined ? undefined : compileQuery(parseQuery(spec.query))
  return (event) =>
    (!timed || (event.receivedMicros !== null && event.receivedMicros >= from && event.receivedMicros < until)) &&
    (!users || users.has(event.user?.username ?? '')) &&
    (!namespaces || namespaces.has(event.objectRef?.namespace ?? '')) &&
    (!query || query(event))
}

/**
 * Which requests a slice takes: `add` every event, then ask `takes`. A request whose context has a trigger goes with that; all stages of a request
 * go together, as soon as one passes.
 */
export class Slicer {
  readonly #passes: (event: AuditEvent) => boolean
  readonly #labels: Labellings
  readonly #whole: boolean
  readonly #passed = new Set<string>()
  readonly #contexts: Map<string, string>

  /** `labels` say which requests belong together. */
  constructor(spec: SliceSpec, labels: Labellings) {
    this.#passes = slicePredicate(spec)
    this.#labels = labels
    this.#whole = spec.contexts === 'whole'
    this.#contexts = new Map([...labels].flatMap(([auditID, { role, context }]) => (role === 'trigger' && context !== null ? [[context, auditID] as const] : [])))
  }

  add(event: AuditEvent): void {
    if (!this.#passed.has(event.auditID) && this.#passes(event)) this.#passed.add(event.auditID)
  }

  takes(auditID: string): boolean {
    const context = this.#whole ? (this.#labels.get(auditID)?.context ?? null) : null
    const trigger = context === null ? undefined : this.#contexts.get(context)
    return this.#passed.has(trigger ?? auditID)
  }
}

/** A slice in words. */
export function sliceText({ from, until, users, namespaces, query, contexts }: SliceSpec): string {
  const parts = [
    from === undefined ? null : `from ${from}`, until === undefined ? null : `until ${until}`, users === undefined ? null : `users ${users.join(', ')}`,
    namespaces === undefined ? null : `namespaces ${namespaces.join(', ')}`, query === undefined ? null : `query ${query}`,
  ].filter((part) => part !== null)
  return `${parts.join('; ')}; contexts ${contexts}`
}
