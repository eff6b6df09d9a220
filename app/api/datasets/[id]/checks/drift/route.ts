import type { AuditEvent } from '@/lib/audit/event'
import { modelDrift, type DriftReport } from '@/lib/labelling/checks/model-drift'
import { breather } from '@/lib/model/breather'
import { parseManifest } from '@/lib/model/model-file'
import { requireDataset } from '@/lib/store/datasets'
import { streamEvents } from '@/lib/store/events'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { listLibrary, modelFiles } from '../../../../models/library'
import { KeptAnswers } from '../../kept-answers'
import { driftQuery } from '../../trust-contracts'

/** What drift a model has on a data set, and what the model was trained on. */
export interface DriftAnswer extends DriftReport {
  readonly model: { readonly name: string; readonly data: string; readonly lines: number }
}

const kept = new KeptAnswers<DriftReport>(12)

/** What a model would read as unknown in this log. */
export const GET = handle({ params: idParams, query: driftQuery }, async ({ params, query }): Promise<DriftAnswer> => {
  const { id, version } = await requireDataset(params.id)
  const manifest = parseManifest((await modelFiles(query.model ?? await standardModel())).manifest)
  const { name, created, data } = manifest
  const report = await kept.of(JSON.stringify([id, version, name, created, data.sha256]), () => modelDrift(eventsOf(id), manifest, breather()))
  return { model: { name, data: data.name, lines: data.lines }, ...report }
})

/** The one that is taken where none is named: the default, else the first that ships. */
async function standardModel(): Promise<string> {
  const models = await listLibrary()
  return (models.find(({ isDefault }) => isDefault) ?? models[0])?.id ?? 'linked'
}

async function* eventsOf(id: string): AsyncGenerator<AuditEvent[]> {
  for await (const batch of streamEvents(id)) yield batch.map(({ event }) => event)
}
