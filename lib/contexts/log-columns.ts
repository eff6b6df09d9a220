import type { AuditEvent } from '@/lib/audit/event'
import { compileColumns, EventColumns, QueryColumns, type QueryNode, type RunOptions } from '@/lib/query'
import type { Reconstruction } from './types'

/** Reads the log again from its start, always in the same order. */
export type ReadAgain = () => AsyncIterable<readonly AuditEvent[]>

/**
 * A log by column, for queries over a reconstruction of it. It is read when the first query comes, and once more for each value that
 * a query names and nobody asked for before.
 */
export class LogColumns {
  #events: Promise<EventColumns> | null = null
  #columns: { readonly reconstruction: Reconstruction; readonly columns: QueryColumns } | null = null

  constructor(private readonly read: ReadAgain) {}

  /** Places of what matches, ascending: in `reconstruction.contexts`, or of lines in the order of reading. Throws QueryError, and the signal's reason. */
  async matching(node: QueryNode, reconstruction: Reconstruction, options: RunOptions & { readonly signal?: AbortSignal } = {}): Promise<number[]> {
    const { signal, ...how } = options
    const events = await this.#loaded(signal)
    if (this.#columns?.reconstruction !== reconstruction) this.#columns = { reconstruction, columns: new QueryColumns(events, reconstruction) }
    const asked = compileColumns(node)
    const missing = events.missing(asked.node)
    if (missing.length > 0) await events.load(missing, this.read)
    return asked.run(this.#columns.columns, how).toArray()
  }

  #loaded(signal: AbortSignal | undefined): Promise<EventColumns> {
    this.#events ??= this.#load(signal).catch((error: unknown) => {
      this.#events = null
      throw error
    })
    return this.#events
  }

  async #load(signal: AbortSignal | undefined): Promise<EventColumns> {
    const events = new EventColumns()
    for await (const batch of this.read()) {
      signal?.throwIfAborted()
      events.add(batch)
    }
    return events
  }
}
