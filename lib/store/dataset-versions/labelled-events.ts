import type { LabelledEvent } from '@/lib/export/labelled/types'
import { streamEvents } from '../events'
import type { VersionPlace } from './types'
import { labelsOf } from './versions'

/** The events of a data set in order of time with their labels at a version, for export; memory does not grow with the bodies. */
export async function labelledEvents(place: VersionPlace): Promise<AsyncIterable<LabelledEvent>> {
  const labels = await labelsOf(place)
  return {
    async *[Symbol.asyncIterator]() {
      for await (const batch of streamEvents(place.datasetId)) for (const { event } of batch) yield { event, labelling: labels.get(event.auditID) ?? null }
    },
  }
}
