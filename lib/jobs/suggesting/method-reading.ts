import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { reconstructByLabels } from '@/lib/contexts/by-labels'
import type { ReconstructionMethod } from '@/lib/contexts/methods'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import type { TrainedModel } from '@/lib/model/model-file'
import { ModelLog } from '@/lib/model/model-log'
import { readEnv } from '@/lib/store/env'
import type { FoundContexts } from '@/lib/store/reconstruction-writes'
import type { Reconstruction } from '@/lib/store/reconstructions'
import { storedModel, type Working } from './by-model'

/** A log read for its contexts alone, by a model and any of the methods. */
export class MethodReading {
  readonly #model: Promise<TrainedModel>
  #log: ModelLog | null = null

  constructor(readonly plan: Reconstruction, readonly signal: AbortSignal) {
    this.#model = namedModel(plan)
    // Told by `finish`; until then it must not count as unhandled.
    this.#model.catch(() => {})
  }

  async add(events: readonly AuditEvent[]): Promise<void> {
    this.#log ??= new ModelLog({ families: [(await this.#model).manifest.family] })
    this.#log.add(events)
  }

  async finish(onProgress: Working['onProgress']): Promise<FoundContexts> {
    const model = await this.#model
    const log = this.#log ?? new ModelLog({ families: [model.manifest.family] })
    const threads = readEnv().AUDITWEAVE_THREADS ?? 1
    const method = this.plan.method as ReconstructionMethod
    const { reconstruction, suggestions } = await log.label(model, await loadWasmEngine({ threads }), { mode: method === 'network' ? 'network' : 'join', threads, signal: this.signal, onProgress: ({ windows, total }) => onProgress('label', windows, total) })
    if (method === 'linked' || method === 'network') return reconstruction
    const { records, contexts } = reconstructByLabels(log.facts, log.facts.map((facts) => suggestions.get(facts.auditID)?.prediction.label ?? null), method)
    return { contexts, records: records.map((record) => (record.label ? { ...record, confidence: suggestions.get(record.auditID)?.prediction.confidence ?? null } : record)) }
  }
}

/** @throws AuditweaveError 'unknown-model', 'bad-model', 'wrong-use' */
function namedModel({ modelId, modelName, method }: Reconstruction): Promise<TrainedModel> {
  if (modelId !== null || modelName !== null) return storedModel({ modelId, modelName: modelName ?? '' })
  return Promise.reject(new AuditweaveError('wrong-use', `The method ${method} needs a model that labels the lines. Name one.`))
}
