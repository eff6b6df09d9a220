import { availableParallelism } from 'node:os'
import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit, type ReadReport } from '@/lib/audit/read'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { reconstructByLabels } from '@/lib/contexts/by-labels'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { ContextRecord, Reconstruction, ReconstructedRecord } from '@/lib/contexts/types'
import type { ModelLog } from '@/lib/model/model-log'
import type { TrainedModel } from '@/lib/model/model-file'
import { startProgress } from './progress'
import { RejectsFile } from './rejects-file'

export type Method = 'linked' | 'network' | 'k8ntext' | 'k8ntext-2024'

export interface ReconstructSettings {
  readonly model: string
  readonly method: Method
  readonly keepSecrets?: boolean
  readonly rejects?: string
}

export interface Reconstructed {
  readonly records: readonly ReconstructedRecord[]
  readonly contexts: readonly ContextRecord[]
  readonly report: ReadReport
}

/** Reads a log once, keeping facts instead of bodies, and finds what is behind its lines by the method asked for. */
export async function reconstructAudit(input: string, settings: ReconstructSettings): Promise<Reconstructed> {
  const model = settings.model === 'none' ? null : await (await import('./load-model')).loadModel(settings.model)
  if (!model && settings.method !== 'linked') throw new AuditweaveError('wrong-use', `--method ${settings.method} needs a model that labels the lines: leave --model none out, or name one.`)
  const bar = startProgress('Reading', await sourceSize(input))
  const rejects = settings.rejects ? new RejectsFile(settings.rejects) : null
  const { events, report } = readAudit(openSource(input), { keepSecrets: settings.keepSecrets ?? false, onReject: (reject) => rejects?.add(reject), onProgress: (bytes) => bar.update(bytes) })
  const links = new StreamingReconstruction()
  const lines = model ? new (await import('@/lib/model/model-log')).ModelLog({ families: [model.manifest.family] }) : null
  for await (const batch of events) (lines ?? links).add(batch)
  rejects?.close()
  bar.end()
  return { ...(lines && model ? await label(lines, model, settings.method) : links.finish()), report }
}

async function label(lines: ModelLog, model: TrainedModel, method: Method): Promise<Reconstruction> {
  const { loadWasmEngine } = await import('@/lib/engine/wasm/engine.node.ts')
  const engine = await loadWasmEngine()
  const bar = startProgress('Labelling', 1)
  const { reconstruction, suggestions } = await lines.label(model, engine, { mode: method === 'network' ? 'network' : 'join', threads: availableParallelism(), onProgress: ({ windows, total }) => bar.update(windows / total) })
  bar.end()
  if (method === 'linked' || method === 'network') return reconstruction
  const { records, contexts } = reconstructByLabels(lines.facts, lines.facts.map((facts) => suggestions.get(facts.auditID)?.prediction.label ?? null), method)
  return { contexts, records: records.map((record) => (record.label ? { ...record, confidence: suggestions.get(record.auditID)?.prediction.confidence ?? null } : record)) }
}
