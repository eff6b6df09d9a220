import { createHash } from 'node:crypto'
import type { AuditEvent } from '@/lib/audit/event'
import { canonicalEvent, labelLines } from '@/lib/labelling/dataset/canonical'
import type { Labellings } from '@/lib/labelling/dataset/labelling'
import { streamEvents } from '../events'

/**
 * The hash of a log's events, whatever their order: SHA-256 of the sorted SHA-256 digests of their canonical forms (lib/labelling/dataset/canonical),
 * 32 bytes each. A log exported and imported again has the same.
 */
export class EventsHash {
  readonly #digests: Buffer[] = []

  add(event: AuditEvent): void {
    this.#digests.push(createHash('sha256').update(canonicalEvent(event)).digest())
  }

  hex(): string {
    const hash = createHash('sha256')
    for (const digest of this.#digests.sort(Buffer.compare)) hash.update(digest)
    return hash.digest('hex')
  }
}

/** Reads a data set's events and hashes them. */
export async function hashEvents(datasetId: string): Promise<string> {
  const hash = new EventsHash()
  for await (const batch of streamEvents(datasetId)) for (const { event } of batch) hash.add(event)
  return hash.hex()
}

/** Labels as stored text, and SHA-256 of it. */
export function hashLabels(labels: Labellings): { text: string; sha256: string } {
  const text = [...labelLines(labels)].join('')
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}
