import type { AuditEvent } from '@/lib/audit/event'
import { EventColumns, type PathNode } from '@/lib/query'
import { streamEvents } from '@/lib/store/events'

export type TellLoading = (phase: 'read' | 'link' | 'found' | 'columns', done: number, total: number) => void

/** Columns of paths that were asked for later; the log is read again for each anew. */
const LATER_BYTES = 256 << 20

/** The lines of a stored data set by column, and where each stands in it. */
export class EventLog {
  readonly events = new EventColumns({ cacheBytes: LATER_BYTES })
  /** Of each row. */
  readonly seqs: number[] = []
  #later: Promise<void> = Promise.resolve()

  private constructor(readonly datasetId: string) {}

  /** `also` sees every batch as it passes. Throws the signal's reason. */
  static async read(dataset: { readonly id: string; readonly events: number }, tell: TellLoading, signal: AbortSignal, also?: (events: readonly AuditEvent[]) => void): Promise<EventLog> {
    const log = new EventLog(dataset.id)
    tell('read', 0, dataset.events)
    for await (const batch of streamEvents(dataset.id)) {
      signal.throwIfAborted()
      const events = batch.map(({ event }) => event)
      log.events.add(events)
      also?.(events)
      for (const { seq } of batch) log.seqs.push(seq)
      tell('read', log.seqs.length, dataset.events)
    }
    return log
  }

  /** Reads the log again. */
  async *batches(tell: TellLoading, phase: 'columns' | 'link', signal: AbortSignal): AsyncGenerator<readonly AuditEvent[]> {
    let done = 0
    for await (const batch of streamEvents(this.datasetId)) {
      signal.throwIfAborted()
      yield batch.map(({ event }) => event)
      done += batch.length
      tell(phase, done, this.seqs.length)
    }
  }

  /** Makes the columns of paths that are not at hand; one reading at a time, as the next may find them there. */
  load(missing: () => readonly PathNode[], tell: TellLoading, signal: AbortSignal): Promise<void> {
    const load = async (): Promise<void> => {
      signal.throwIfAborted()
      await this.events.load(missing(), () => this.batches(tell, 'columns', signal))
    }
    const turn = this.#later.then(load)
    this.#later = turn.catch(() => {})
    return turn
  }
}
