import { mkdir, open, readdir } from 'node:fs/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import { digestOf } from './digest.node.ts'
import type { ReceivedEvent } from './event-list'
import { FolderLock } from './folder-lock.node.ts'
import { readSegment, Segment, segmentNumber } from './segment.node.ts'
import { SeenEvents, type EventDigest } from './seen-events'

export interface InboxOptions {
  /** A new file is begun at this size. */
  readonly segmentBytes?: number
  /** How many of the last events are remembered at least, to tell repetitions. */
  readonly remembered?: number
  /** Called with lines as soon as they are kept. */
  onStored?(events: readonly ReceivedEvent[]): void
}

export interface Accepted { readonly stored: number; readonly duplicates: number; readonly conflicting: number }

/** What was found when the folder was opened. */
export interface Recovered { readonly segments: number; readonly events: number; readonly cutBytes: number }

interface Waiting { readonly events: readonly ReceivedEvent[]; resolve(accepted: Accepted): void; reject(error: unknown): void }

const SEGMENT_BYTES = 256 << 20
const REMEMBERED = 1 << 20
const MOST_AT_ONCE = 20_000

/**
 * Keeps received events in a folder, each once. `accept` returns when its events are on the disk, so that whoever sent them may forget them.
 * Batches that come while the disk is busy are written together.
 */
export class Inbox {
  readonly #queue: Waiting[] = []
  #working: Promise<void> | null = null
  #segment: Segment
  #closed = false

  private constructor(
    private readonly folder: string,
    private readonly lock: FolderLock,
    private readonly seen: SeenEvents,
    private readonly options: InboxOptions,
    segment: Segment,
    readonly recovered: Recovered,
  ) {
    this.#segment = segment
  }

  /** @throws AuditweaveError 'inbox-taken' while another process receives into the folder */
  static async open(folder: string, options: InboxOptions = {}): Promise<Inbox> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const lock = await FolderLock.take(folder)
    try {
      const seen = new SeenEvents(options.remembered ?? REMEMBERED)
      const numbers = (await readdir(folder)).flatMap((name) => segmentNumber(name) ?? []).sort((a, b) => a - b)
      const earlier = await recall(folder, numbers.slice(0, -1), options.remembered ?? REMEMBERED)
      const { segment, digests, cutBytes } = await Segment.open(folder, numbers.at(-1) ?? 1)
      for (const digest of [...earlier, ...digests]) seen.add(digest)
      await syncFolder(folder)
      return new Inbox(folder, lock, seen, options, segment, { segments: Math.max(1, numbers.length), events: earlier.length + digests.length, cutBytes })
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /**
   * Keeps those events of a batch that are not kept yet; all or none of it.
   * @throws AuditweaveError 'inbox-full' when the disk takes no more: nothing of the batch is kept, send it again
   */
  accept(events: readonly ReceivedEvent[]): Promise<Accepted> {
    if (this.#closed) return Promise.reject(new AuditweaveError('inbox-closed', 'The receiver is shutting down. Send the batch again.'))
    return new Promise((resolve, reject) => {
      this.#queue.push({ events, resolve, reject })
      this.#working ??= this.#work()
    })
  }

  /** Keeps what is waiting, then ends. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#working
    await this.#segment.close()
    await this.lock.release()
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#next()
      try {
        const accepted = await this.#commit(group)
        group.forEach(({ resolve }, i) => resolve(accepted[i] as Accepted))
      } catch (error) {
        for (const { reject } of group) reject(new AuditweaveError('inbox-full', `The batch could not be written to ${this.folder}: ${error instanceof Error ? error.message : String(error)}. Nothing of it is kept; make room and send it again.`, { cause: error }))
      }
    }
    this.#working = null
  }

  #next(): Waiting[] {
    const group: Waiting[] = []
    for (let events = 0; this.#queue.length > 0 && events < MOST_AT_ONCE; events += group.at(-1)?.events.length ?? 0) group.push(this.#queue.shift() as Waiting)
    return group
  }

  async #commit(group: readonly Waiting[]): Promise<Accepted[]> {
    const [fresh, digests] = [[] as ReceivedEvent[], [] as EventDigest[]]
    const within = new Map<bigint, Set<bigint>>()
    const accepted = group.map(({ events }) => {
      const counts = { stored: 0, duplicates: 0, conflicting: 0 }
      for (const event of events) {
        const digest = digestOf(event)
        const same = within.get(digest.identity)
        const verdict = same ? (same.has(digest.content) ? 'duplicate' : 'conflicting') : this.seen.judge(digest)
        if (verdict === 'duplicate') {
          counts.duplicates++
          continue
        }
        if (verdict === 'conflicting') counts.conflicting++
        counts.stored++
        within.set(digest.identity, (same ?? new Set()).add(digest.content))
        fresh.push(event)
        digests.push(digest)
      }
      return counts
    })
    if (fresh.length > 0) await this.#write(fresh, digests)
    return accepted
  }

  async #write(events: readonly ReceivedEvent[], digests: readonly EventDigest[]): Promise<void> {
    if (this.#segment.bytes >= (this.options.segmentBytes ?? SEGMENT_BYTES)) await this.#turn()
    await this.#segment.append(events.map(({ line }) => line), digests)
    for (const digest of digests) this.seen.add(digest)
    this.options.onStored?.(events)
  }

  async #turn(): Promise<void> {
    const { segment } = await Segment.open(this.folder, this.#segment.number + 1)
    await syncFolder(this.folder)
    await this.#segment.close()
    this.#segment = segment
  }
}

/** Digests of the newest earlier segments, oldest first, as many as will be remembered. */
async function recall(folder: string, numbers: readonly number[], most: number): Promise<EventDigest[]> {
  const parts: (readonly EventDigest[])[] = []
  let count = 0
  for (const number of numbers.toReversed()) {
    if (count >= most) break
    const { kept } = await readSegment(folder, number)
    parts.unshift(kept)
    count += kept.length
  }
  return parts.flat()
}

/** A new file's name is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
