import type { AuditEvent } from '@/lib/audit/event'
import { streamEvents } from './events'
import { currentLabels, type CurrentLabel } from './labels'

export interface LabelledLine {
  readonly seq: number
  readonly event: AuditEvent
  /** What the newest label event says of the line's auditID; null where nothing was said. */
  readonly truth: CurrentLabel | null
}

/** The lines of a data set in order of time with the newest label of each, batch by batch. */
export async function* streamTrainingLines(datasetId: string, options: { limit?: number | null } = {}): AsyncGenerator<LabelledLine[]> {
  const labels = await currentLabels(datasetId)
  for await (const batch of streamEvents(datasetId, options))
    yield batch.map(({ seq, event }) => ({ seq, event, truth: labels.get(event.auditID) ?? null }))
}
