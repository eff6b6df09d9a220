import type { Reconstruction } from '@/lib/contexts/types'
import { compileColumns, EventColumns, QueryColumns, type QueryNode } from '@/lib/query'
import type { KeptBytes } from './kept-bytes'

/**
 * A log by column, for queries over the members of contexts. Made by reading the log once more when the first such query comes, and kept:
 * most sessions never ask one.
 */
export class LogColumns {
  #events: EventColumns | null = null
  #columns: { readonly reconstruction: Reconstruction; readonly columns: QueryColumns } | null = null

  constructor(private readonly bytes: KeptBytes) {}

  /** Ids of the contexts that match. Throws QueryError, and the signal's reason. */
  async matching(node: QueryNode, reconstruction: Reconstruction, signal?: AbortSignal): Promise<Set<string>> {
    const events = (this.#events ??= await this.#read(signal))
    if (this.#columns?.reconstruction !== reconstruction) this.#columns = { reconstruction, columns: new QueryColumns(events, reconstruction) }
    const asked = compileColumns(node)
    const missing = events.missing(asked.node)
    if (missing.length > 0) await events.load(missing, () => this.bytes.events())
    return new Set(asked.run(this.#columns.columns, { of: 'contexts' }).toArray().flatMap((at) => reconstruction.contexts[at]?.id ?? []))
  }

  async #read(signal?: AbortSignal): Promise<EventColumns> {
    const events = new EventColumns()
    for await (const batch of this.bytes.events()) {
      signal?.throwIfAborted()
      events.add(batch)
    }
    return events
  }
}
