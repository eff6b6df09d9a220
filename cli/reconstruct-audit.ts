import { availableParallelism } from 'node:os'
import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit, type ReadReport } from '@/lib/audit/read'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { reconstructByLabels, type ClusterVariant } from '@/lib/contexts/by-labels'
import { readRecords } from '@/lib/contexts/read-records'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { ContextRecord, Reconstruction, ReconstructedRecord } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { ModelLog } from '@/lib/model/model-log'
import type { TrainedModel } from '@/lib/model/model-file'
import { truthOf } from './labelled-file'
import { startProgress } from './progress'
import { RejectsFile } from './rejects-file'

export type Method = 'linked' | 'network' | 'k8ntext' | 'k8ntext-2024'

export interface ReconstructSettings {
  readonly model: string
  readonly method: Method
  readonly keepSecrets?: boolean
  readonly rejects?: string
  /** Truth records, or others with labels, that the paper's clusterers group by instead of what a model says. */
  readonly labels?: string
}

export interface Reconstructed {
  readonly records: readonly ReconstructedRecord[]
  readonly contexts: readonly ContextRecord[]
  readonly report: ReadReport
}

/** Reads a log once, keeping facts instead of bodies, and finds what is behind its lines by the method asked for. */
export async function reconstructAudit(input: string, settings: ReconstructSettings): Promise<Reconstructed> {
  const byHand = await givenLabels(settings)
  const model = settings.model === 'none' || byHand ? null : await (await import('./load-model')).loadModel(settings.model)
  if (!model && !byHand && settings.method !== 'linked') throw new AuditweaveError('wrong-use', `--method ${settings.method} needs a model that labels the lines: leave --model none out, or name one${settings.method === 'network' ? '' : ', or give labels with --labels'}.`)
  const bar = startProgress('Reading', await sourceSize(input))
  const rejects = settings.rejects ? new RejectsFile(settings.rejects) : null
  const { events, report } = readAudit(openSource(input), { keepSecrets: settings.keepSecrets ?? false, onReject: (reject) => rejects?.add(reject), onProgress: (bytes) => bar.update(bytes) })
  const links = new StreamingReconstruction()
  const lines = model ? new (await import('@/lib/model/model-log')).ModelLog({ families: [model.manifest.family] }) : null
  for await (const batch of events) (lines ?? links).add(batch)
  rejects?.close()
  bar.end()
  if (byHand) return { ...reconstructByLabels(links.facts, links.facts.map(({ auditID }) => byHand.labels.get(auditID) ?? null), byHand.method), report }
  return { ...(lines && model ? await label(lines, model, settings.method) : links.finish()), report }
}

/** Labels from a file by auditID, null where none is named. Throws 'wrong-use' where the method takes no labels. */
async function givenLabels({ labels, method }: ReconstructSettings): Promise<{ readonly labels: ReadonlyMap<string, ActionLabel>; readonly method: ClusterVariant } | null> {
  if (labels === undefined) return null
  if (method !== 'k8ntext' && method !== 'k8ntext-2024') throw new AuditweaveError('wrong-use', `--labels is for --method k8ntext and k8ntext-2024, which group lines by their labels; ${method} finds its own.`)
  const records = await readRecords(openSource(labels), labels)
  const found = records.flatMap((record): [string, ActionLabel][] => {
    const { label } = truthOf(record)
    return typeof record.auditID === 'string' && label ? [[record.auditID, label]] : []
  })
  return { labels: new Map(found), method }
}

async function label(lines: ModelLog, model: TrainedModel, method: Method): Promise<Reconstruction> {
  const { loadWasmEngine } = await import('@/lib/engine/wasm/engine.node.ts')
  const engine = await loadWasmEngine()
  const bar = startProgress('Labelling', 1)
  const labelled = await lines.label(model, engine, { mode: method === 'network' ? 'network' : 'join', threads: availableParallelism(), onProgress: ({ windows, total }) => bar.update(windows / total) })
  bar.end()
  if (method === 'linked' || method === 'network') return labelled.reconstruction
  const { suggestions } = labelled
  const { records, contexts } = reconstructByLabels(lines.facts, lines.facts.map((facts) => suggestions.get(facts.auditID)?.prediction.label ?? null), method)
  return { contexts, records: records.map((record) => (record.label ? { ...record, confidence: suggestions.get(record.auditID)?.prediction.confidence ?? null } : record)) }
}
