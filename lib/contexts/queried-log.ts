import type { AuditEvent } from '@/lib/audit/event'
import { compileColumns, EventColumns, QueryColumns, type EventColumnsOptions, type QueryNode, type QueryPlan, type RunOptions } from '@/lib/query'
import type { QueryAnswer } from './answer-query'
import { StreamingReconstruction } from './stream'

/** What is left of a log when it has been read for queries: its contexts, and its values by column. */
export interface AskableLog {
  readonly columns: QueryColumns
  /** Contexts whose trigger matches, in order of their triggers' time. Throws AuditweaveError `query-column` where `columns.events.missing(query)` names a path. */
  answer(query: QueryNode, options?: Pick<RunOptions, 'now'>): QueryAnswer[]
  /** The same, as data on how it was found. */
  explain(query: QueryNode, options?: Pick<RunOptions, 'now'>): QueryPlan
}

/**
 * Reads a log into columns and links it; bodies are freed batch by batch. Where one query alone will be asked, `paths`
 * (`pathsRead(query)`) keeps its columns and no others.
 */
export class QueriedLog {
  readonly #events: EventColumns
  readonly #stream = new StreamingReconstruction()

  constructor(options: EventColumnsOptions = {}) {
    this.#events = new EventColumns(options)
  }

  add(events: readonly AuditEvent[]): void {
    this.#stream.add(events)
    this.#events.add(events)
  }

  finish(): AskableLog {
    const found = this.#stream.finish()
    const columns = new QueryColumns(this.#events, found)
    return {
      columns,
      answer: (query, options) => compileColumns(query).run(columns, options).toArray().flatMap((at) => found.contexts[at] ?? []),
      explain: (query, options) => compileColumns(query).explain(columns, options),
    }
  }
}
