import type { JobKind, Payload } from './contracts'

/** A job taken from the queue. */
export interface TakenJob<K extends JobKind = JobKind> {
  readonly jobId: string
  readonly kind: K
  readonly payload: Payload<K>
}

/**
 * The queue as the rest sees it. It only says that there is work; who does it is settled by the row in the database
 * (state, attempt, lease), so that a job delivered twice or lost does no harm.
 */
export interface JobBackend {
  send<K extends JobKind>(kind: K, payload: Payload<K>, options?: { priority?: number }): Promise<void>
  /** The next job of these kinds, the most urgent first (a larger priority, then the older one), or null. */
  take(kinds: readonly JobKind[]): Promise<TakenJob | null>
  finish(job: TakenJob, outcome: { ok: boolean; note: string }): Promise<void>
  /** Gives the waiting jobs of these rows another priority. */
  reprioritise(kind: JobKind, ids: readonly string[], priority: number): Promise<void>
  /** Ids of rows that a waiting job of this kind names. */
  waiting(kind: JobKind): Promise<Set<string>>
  close(): Promise<void>
}
