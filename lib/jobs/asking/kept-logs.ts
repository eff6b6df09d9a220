import { AuditweaveError } from '@/lib/audit/errors'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import { foundRevision } from '@/lib/store/contexts/revision'
import { requireDataset } from '@/lib/store/datasets'
import { EventLog, type TellLoading } from './event-log'
import type { AskedLog } from './messages'
import { linkedFound, storedFound, type AskableColumns } from './read-found'
import { SharedWork } from './shared-work'

type Progress = Parameters<TellLoading>

/** `stream` has what links need, until they are drawn. */
interface ReadLog {
  readonly log: EventLog
  stream: StreamingReconstruction | null
}

interface Kept {
  readonly log: SharedWork<ReadLog, Progress>
  /** By reconstruction; `links` for what the links alone find. */
  readonly found: Map<string, { readonly revision: string; readonly columns: SharedWork<AskableColumns, Progress> }>
}

/** Sets of contexts that are kept of one log. */
const MOST_FOUND = 3

/** Data sets by column, the one asked last kept longest; others go when there is no room. */
export class KeptLogs {
  /** In order of last use, by data set and what it consisted of. */
  readonly #logs = new Map<string, Kept>()

  /** `hasRoom` is asked after each reading. */
  constructor(private readonly hasRoom: () => boolean) {}

  get count(): number {
    return this.#logs.size
  }

  /** Reads what is not there yet. @throws AuditweaveError 'unknown-dataset', 'wrong-state', 'unknown-reconstruction'; the signal's reason */
  async open({ datasetId, reconstructionId }: AskedLog, tell: TellLoading, signal: AbortSignal): Promise<AskableColumns> {
    const { id, name, state, sha256, events, lastMicros, version } = await requireDataset(datasetId)
    if (state !== 'ready') throw new AuditweaveError('wrong-state', `${name} is ${state === 'importing' ? 'being imported' : 'not whole: its import failed'}. Ask it when it is ready.`)
    const kept = this.#kept(`${id} ${sha256} ${version} ${events} ${lastMicros}`, id, events, reconstructionId === null)
    const told = (progress: Progress): void => tell(...progress)
    try {
      const read = await kept.log.wait(told, signal)
      const revision = reconstructionId === null ? '' : await foundRevision(reconstructionId)
      return await this.#found(kept, read, reconstructionId, revision).wait(told, signal)
    } finally {
      this.#forgetBroken(kept)
      this.#makeRoom()
    }
  }

  #found(kept: Kept, read: ReadLog, reconstructionId: string | null, revision: string): SharedWork<AskableColumns, Progress> {
    const key = reconstructionId ?? 'links'
    const known = kept.found.get(key)
    const entry = known?.revision === revision ? known : { revision, columns: new SharedWork<AskableColumns, Progress>((say, stop) => found(read, reconstructionId, say, stop)) }
    kept.found.delete(key)
    kept.found.set(key, entry)
    forgetOldest(kept.found, MOST_FOUND)
    return entry.columns
  }

  #kept(key: string, id: string, events: number, linking: boolean): Kept {
    const known = this.#logs.get(key)
    this.#logs.delete(key)
    // What it was before is never asked again.
    for (const other of this.#logs.keys()) if (other.startsWith(`${id} `)) this.#logs.delete(other)
    const kept: Kept = known ?? { found: new Map(), log: new SharedWork(async (say, stop) => {
      const stream = linking ? new StreamingReconstruction() : null
      return { log: await EventLog.read({ id, events }, (...progress) => say(progress), stop, stream ? (batch) => stream.add(batch) : undefined), stream }
    }) }
    this.#logs.set(key, kept)
    return kept
  }

  #forgetBroken(kept: Kept): void {
    for (const [key, { columns }] of kept.found) if (columns.broken) kept.found.delete(key)
    if (kept.log.broken) for (const [key, one] of this.#logs) if (one === kept) this.#logs.delete(key)
  }

  #makeRoom(): void {
    while (this.#logs.size > 1 && !this.hasRoom()) this.#logs.delete(this.#logs.keys().next().value ?? '')
  }
}

function found(read: ReadLog, reconstructionId: string | null, say: (progress: Progress) => void, signal: AbortSignal): Promise<AskableColumns> {
  const tell: TellLoading = (...progress) => say(progress)
  if (reconstructionId !== null) return storedFound(read.log, reconstructionId, tell, signal)
  const { stream } = read
  // Its facts are as large as the columns: they are let go.
  read.stream = null
  return linkedFound(read.log, stream, tell, signal)
}

function forgetOldest<V>(map: Map<string, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}
