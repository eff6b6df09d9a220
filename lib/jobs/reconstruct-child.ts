import type { AuditEvent } from '@/lib/audit/event'
import { AuditweaveError } from '@/lib/audit/errors'
import { isMethod, METHODS } from '@/lib/contexts/methods'
import type { ReconstructedRecord } from '@/lib/contexts/types'
import { streamEvents } from '@/lib/store/events'
import { requireDataset } from '@/lib/store/datasets'
import type { Hold } from '@/lib/store/lease'
import { finishReconstruction, type FoundContexts } from '@/lib/store/reconstruction-writes'
import { requireReconstruction } from '@/lib/store/reconstructions'
import type { ChildChannel } from './child-channel'
import { childMain } from './child-main'
import { patiently } from './patiently'
import { ProgressWriter } from './progress-writer'
import { roleCounts } from './role-counts'
import { openReading } from './suggesting/reading'
import { truthFigures } from './truth-figures'

// A process of its own for each reconstruction: bin/child.mjs reconstruct-child RECONSTRUCTION_ID ATTEMPT

async function carryOut(hold: Hold, channel: ChildChannel): Promise<void> {
  const plan = await requireReconstruction(hold.id)
  const { datasetId, method } = plan
  if (!isMethod(method)) throw new AuditweaveError('unknown-method', `The method "${method}" is unknown here. Use one of ${METHODS.join(', ')}.`)
  const dataset = await requireDataset(datasetId)
  const progress = new ProgressWriter('reconstructions', hold)
  try {
    const began = performance.now()
    const reading = openReading(plan, channel.signal)
    const lines = new LineNumbers()
    for await (const batch of streamEvents(dataset.id)) {
      if (channel.signal.aborted) throw new AuditweaveError('stopped', 'The reconstruction was stopped.')
      for (const { seq, event } of batch) lines.add(event, seq)
      await reading.add(batch.map(({ event }) => event))
      progress.report({ phase: 'read', done: lines.count, total: dataset.events })
    }
    progress.report({ phase: 'link', done: 0, total: dataset.events })
    const found = await reading.finish((phase, done, total) => progress.report({ phase, done, total }))
    await progress.close()
    const figures = { ...figuresOf(found, (performance.now() - began) / 1000), ...(found.learning ? { learning: found.learning } : {}), ...(await truthFigures(dataset, found.records)) }
    await patiently(() => finishReconstruction(hold, found, (record) => lines.take(record), figures))
  } finally {
    await progress.close()
  }
}

/** Where each stage of each auditID stands in the log. */
class LineNumbers {
  readonly #seqs = new Map<string, number[]>()
  readonly #taken = new Map<string, number>()
  count = 0

  add(event: AuditEvent, seq: number): void {
    this.count++
    const key = `${event.auditID}\n${event.stage ?? ''}`
    const seqs = this.#seqs.get(key)
    if (seqs) seqs.push(seq)
    else this.#seqs.set(key, [seq])
  }

  /** A repeated stage of one auditID takes the next of its lines. */
  take(record: ReconstructedRecord): number {
    const key = `${record.auditID}\n${record.stage ?? ''}`
    const at = this.#taken.get(key) ?? 0
    this.#taken.set(key, at + 1)
    const seq = this.#seqs.get(key)?.[at]
    if (seq === undefined) throw new AuditweaveError('unknown-line', `The reconstruction names a line that the log lacks: ${record.auditID}.`)
    return seq
  }
}

function figuresOf({ records, contexts }: FoundContexts, seconds: number): Record<string, number> {
  return {
    lines: records.length, contexts: contexts.length, contextsOfMany: contexts.filter((context) => context.events > 1).length,
    largest: contexts.reduce((most, context) => Math.max(most, context.events), 0), ...roleCounts(records), seconds,
  }
}

await childMain('reconstructions', carryOut)
