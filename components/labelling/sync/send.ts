import type { RequestLabel } from '@/lib/labelling/types'
import type { LabelsAnswer } from '../state/action'
import type { Pending } from '../state/model'

/** What became of sending an act. */
export type Sent =
  | { readonly kind: 'done'; readonly answer: LabelsAnswer }
  | { readonly kind: 'conflict'; readonly theirs: readonly RequestLabel[] }
  /** The server will never take it. */
  | { readonly kind: 'rejected'; readonly message: string }
  /** No answer, or not now: to be tried again. */
  | { readonly kind: 'away' }

/** Sends one act; a second time does no harm, as it bears the same id. */
export async function sendAct(base: string, pending: Pick<Pending, 'id' | 'sending'>, assignment: string | null): Promise<Sent> {
  const { sending } = pending
  const [path, body] = sending.kind === 'batch' ? ['batches', sending.batch] as const : [sending.kind, { batch: sending.batch, id: pending.id, assignment, changed: sending.changed }] as const
  try {
    const response = await fetch(`${base}/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, keepalive: JSON.stringify(body).length < 60_000 })
    const value: unknown = await response.json().catch(() => null)
    // A server that ends in the middle of its answer may have kept the act or not: sent again, it says which.
    if (response.ok) return value === null ? { kind: 'away' } : { kind: 'done', answer: value as LabelsAnswer }
    if (response.status === 409 && hasConflicts(value)) return { kind: 'conflict', theirs: value.conflicts.map(({ now }) => now) }
    // What is wrong with the server may pass; what is wrong with the act does not.
    if (response.status >= 500 || response.status === 429 || response.status === 401) return { kind: 'away' }
    return { kind: 'rejected', message: messageOf(value, response.status) }
  } catch {
    return { kind: 'away' }
  }
}

function hasConflicts(value: unknown): value is { conflicts: { auditID: string; now: RequestLabel }[] } {
  return typeof value === 'object' && value !== null && 'conflicts' in value && Array.isArray(value.conflicts)
}

function messageOf(value: unknown, status: number): string {
  const error = typeof value === 'object' && value !== null && 'error' in value ? (value.error as { message?: unknown } | null) : null
  return String(error?.message ?? `The server answered ${status}.`)
}
