import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit, type ReadReport } from '@/lib/audit/read'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { reconstructByLabels } from '@/lib/contexts/by-labels'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { ContextRecord, Reconstruction, ReconstructedRecord } from '@/lib/contexts/types'
import type { EventLines } from '@/lib/model/event-lines'
import type { TrainedModel } from '@/lib/model/model-file'
import { startProgress } from './progress'
import { RejectsFile } from './rejects-file'

export interface ReconstructSettings {
  readonly model: string
  readonly method: 'linked' | 'k8ntext' | 'k8ntext-2024'
  readonly keepSecrets?: boolean
  readonly rejects?: string
}

export interface Reconstructed {
  readonly records: readonly ReconstructedRecord[]
  readonly contexts: readonly ContextRecord[]
  readonly report: ReadReport
}

/** Reads a log once, keeping facts instead of bodies, and links it by the method asked for. */
export async function reconstructAudit(input: string, settings: ReconstructSettings): Promise<Reconstructed> {
  const model = settings.model === 'none' ? null : await (await import('./load-model')).loadModel(settings.model)
  if (!model && settings.method !== 'linked') throw new AuditweaveError('wrong-use', `--method ${settings.method} groups lines by their labels and needs a model: add --model NAME.`)
  const bar = startProgress('Reading', await sourceSize(input))
  const rejects = settings.rejects ? new RejectsFile(settings.rejects) : null
  const { events, report } = readAudit(openSource(input), { keepSecrets: settings.keepSecrets ?? false, onReject: (reject) => rejects?.add(reject), onProgress: (bytes) => bar.update(bytes) })
  const stream = new StreamingReconstruction()
  const lines = model ? new (await import('@/lib/model/event-lines')).EventLines() : null
  for await (const batch of events) {
    stream.add(batch)
    lines?.add(batch)
  }
  rejects?.close()
  bar.end()
  return { ...(await link(stream, lines, model, settings.method)), report }
}

async function link(stream: StreamingReconstruction, lines: EventLines | null, model: TrainedModel | null, method: ReconstructSettings['method']): Promise<Reconstruction> {
  if (!lines || !model) return stream.finish()
  const { loadWasmEngine } = await import('@/lib/engine/wasm/engine.node.ts')
  const { fillUnlinked } = await import('@/lib/model/fill-labels')
  const bar = startProgress('Labelling', 1)
  const suggestions = await lines.suggest(model, await loadWasmEngine(), { onProgress: ({ windows, total }) => bar.update(windows / total) })
  bar.end()
  if (method === 'linked') return fillUnlinked(stream.finish(), suggestions)
  const { records, contexts } = reconstructByLabels(stream.facts, stream.facts.map((facts) => suggestions.get(facts.auditID)?.prediction.label ?? null), method)
  return { contexts, records: records.map((record) => (record.label ? { ...record, confidence: suggestions.get(record.auditID)?.prediction.confidence ?? null } : record)) }
}
