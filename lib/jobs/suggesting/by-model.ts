import path from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine } from '@/lib/engine/types'
import { joinLinked } from '@/lib/model/linked/join-links'
import { LinkedCoder } from '@/lib/model/linked/linked-coder'
import type { LinkedTable } from '@/lib/model/linked/linked-lines'
import { encodeColumns } from '@/lib/model/linked/linked-vocabulary'
import { voteLinked, type VotedPrediction } from '@/lib/model/linked/linked-votes'
import { readNamedModel } from '@/lib/model/model-directory.node.ts'
import { isLinkedModel, parseModel, type LinkedModel, type TrainedModel } from '@/lib/model/model-file'
import type { EvidenceCollector } from '@/lib/labelling/suggest/evidence'
import { projectRoot } from '@/lib/store/home'
import { modelWeights, requireModel } from '@/lib/store/models'
import type { FoundContexts } from '@/lib/store/reconstruction-writes'
import type { Reconstruction } from '@/lib/store/reconstructions'

/** What work on a log is given; windows are told as they are done. */
export interface Working {
  readonly engine: Engine
  readonly threads: number
  readonly signal: AbortSignal
  onProgress(phase: 'learn' | 'label', done: number, total: number): void
}

/** The model that a reconstruction names, a stored one or one that ships. Throws AuditweaveError 'unknown-model', 'bad-model' where it reads no links. */
export async function modelOf({ modelId, modelName }: Reconstruction): Promise<LinkedModel | null> {
  if (modelId === null && modelName === null) return null
  const model = await storedModel({ modelId, modelName: modelName ?? '' })
  if (isLinkedModel(model)) return model
  throw new AuditweaveError('bad-model', `The model ${modelName ?? modelId} reads windows of lines alone; suggestions need one that reads links, such as linked.`)
}

/** The model of an id, or one that ships by its name. Throws AuditweaveError 'unknown-model', 'bad-model'. */
export async function storedModel({ modelId, modelName }: { readonly modelId: string | null; readonly modelName: string }): Promise<TrainedModel> {
  if (modelId === null) return readNamedModel([path.join(projectRoot(), 'models')], modelName)
  return parseModel(JSON.stringify((await requireModel(modelId)).manifest), await modelWeights(modelId))
}

/** What a model says of every line, by the vote of the windows that hold it. */
export function votesOf({ manifest, weights }: LinkedModel, table: LinkedTable, { engine, threads, signal, onProgress }: Working): Promise<VotedPrediction[]> {
  const { network, features, labels, inference } = manifest
  const parts = { network, weights, coder: LinkedCoder.from(labels), ...(inference.confidence ? { confidence: inference.confidence } : {}) }
  return voteLinked(engine, parts, table, encodeColumns(table.columns, features), { threads, signal, onProgress: ({ windows, total }) => onProgress('label', windows, total) })
}

/** Links and votes joined, with what those who label want to know of each line. */
export function joined(table: LinkedTable, votes: readonly VotedPrediction[], evidence: EvidenceCollector): FoundContexts {
  const said = new Map(votes.map((vote, line) => [table.events[table.eventOf[line] ?? -1]?.auditID ?? '', vote]))
  return { ...joinLinked(table, votes, 'join'), evidence: (auditID) => evidence.of(auditID, said.get(auditID) ?? null) }
}
