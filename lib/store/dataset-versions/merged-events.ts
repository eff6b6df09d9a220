import { compareEvents } from '@/lib/audit/order'
import type { AuditEvent } from '@/lib/audit/event'

const BATCH = 500

/** Events one by one of what comes in batches. */
async function* flat(batches: AsyncIterable<readonly AuditEvent[]>): AsyncGenerator<AuditEvent> {
  for await (const batch of batches) yield* batch
}

/** Several logs, each in order of time, as one; equal times go by the place of the log. `take` says as what an event goes in, null for not at all. */
export async function* mergedByTime(logs: readonly AsyncIterable<readonly AuditEvent[]>[], take: (log: number, event: AuditEvent) => AuditEvent | null): AsyncGenerator<AuditEvent[]> {
  const heads = await Promise.all(logs.map(async (log) => {
    const iterator = flat(log)
    return { iterator, next: await iterator.next() }
  }))
  let batch: AuditEvent[] = []
  for (;;) {
    const open = [...heads.entries()].filter(([, { next }]) => !next.done)
    const first = open[0]
    if (first === undefined) break
    const [log, head] = open.reduce((best, one) => (compareEvents(one[1].next.value as AuditEvent, best[1].next.value as AuditEvent) < 0 ? one : best), first)
    const made = take(log, head.next.value as AuditEvent)
    if (made !== null) batch.push(made)
    head.next = await head.iterator.next()
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}
