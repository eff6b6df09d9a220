import { constants, setPriority } from 'node:os'
import type { AuditEvent } from '@/lib/audit/event'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { EvidenceCollector } from '@/lib/labelling/suggest/evidence'
import { LinkedLines } from '@/lib/model/linked/linked-lines'
import { readEnv } from '@/lib/store/env'
import type { Learning } from '@/lib/store/labelling/learnings'
import type { FoundContexts } from '@/lib/store/reconstruction-writes'
import type { Reconstruction } from '@/lib/store/reconstructions'
import { joined, modelOf, votesOf, type Working } from './by-model'
import { learnSuggestions } from './learn-suggestions'
import { MethodReading } from './method-reading'
import { reconstructionOptions } from './options'

type Found = FoundContexts & { readonly learning?: Learning }

/** A log while it is read, and what is made of it in the end. */
export interface Reading {
  add(events: readonly AuditEvent[]): void | Promise<void>
  finish(onProgress: Working['onProgress']): Promise<Found>
}

/** Reads a log as its reconstruction asks: for contexts by links alone or by a model, or for those who label it. */
export function openReading(plan: Reconstruction, signal: AbortSignal): Reading {
  const { evidence, learn } = reconstructionOptions.parse(plan.options)
  if (evidence) return new EvidenceReading(plan, learn ? 'learnt' : 'named', signal)
  if (plan.method !== 'linked' || plan.modelId !== null || plan.modelName !== null) return new MethodReading(plan, signal)
  const stream = new StreamingReconstruction()
  return { add: (events) => stream.add([...events]), finish: () => Promise.resolve(stream.finish()) }
}

class EvidenceReading implements Reading {
  readonly #lines = new LinkedLines()
  readonly #evidence = new EvidenceCollector()

  constructor(readonly plan: Reconstruction, readonly model: 'learnt' | 'named', readonly signal: AbortSignal) {
    // Whoever labels meanwhile goes first.
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  }

  add(events: readonly AuditEvent[]): void {
    this.#lines.add(events)
    this.#evidence.add(events)
  }

  async finish(onProgress: Working['onProgress']): Promise<Found> {
    const table = this.#lines.table()
    const threads = readEnv().AUDITWEAVE_THREADS ?? 1
    const working = { engine: await loadWasmEngine({ threads }), threads, signal: this.signal, onProgress }
    if (this.model === 'learnt') return learnSuggestions(this.plan.datasetId, table, this.#evidence, working)
    const model = await modelOf(this.plan)
    return joined(table, model ? await votesOf(model, table, working) : [], this.#evidence)
  }
}
