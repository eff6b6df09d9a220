import type { Engine, NetworkSpec, Weights } from '@/lib/engine/types'
import { LinkedCoder } from '@/lib/model/linked/linked-coder'
import { inferLinked } from '@/lib/model/linked/linked-infer'
import { LinkedLines } from '@/lib/model/linked/linked-lines'
import { linkedNetwork } from '@/lib/model/linked/linked-network'
import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import { wantedLabel } from '@/lib/model/linked/linked-target'
import { codeSizes, encodeColumns, fitVocabulary } from '@/lib/model/linked/linked-vocabulary'
import { firstEvents } from './first-events'
import type { InferenceSettings, TimedInference } from './inference-time'
import type { MeasurementDeps } from './measurement-deps'
import { TimedEngine } from './timed-engine'

/** The linked network over the first lines, which are linked before the clock runs. Copying its inputs and weights into the engine counts, making it and giving it up do not. */
export async function linkedInference({ window, inferStride, batch, lines }: InferenceSettings, engine: Engine, deps: MeasurementDeps): Promise<TimedInference> {
  const log = await deps.loadLog()
  const gathered = new LinkedLines()
  for await (const events of firstEvents(log, lines, deps)) gathered.add(events)
  const table = gathered.table()
  const truth = await log.truth()
  const count = table.eventOf.length
  const coder = LinkedCoder.fit(Array.from({ length: count }, (_, line) => wantedLabel(table, line, truth)))
  const vocabularies = fitVocabulary([{ columns: table.columns, fitted: () => true }], LINKED_PRESET.settings.leastSeen)
  const network = linkedNetwork({ ...LINKED_PRESET.shape, window: Math.min(window, count) }, codeSizes(vocabularies), coder)
  const codes = encodeColumns(table.columns, table.columns.names.map((name, i) => ({ name, vocabulary: vocabularies[i] ?? [] })))
  const weights = await firstWeights(engine, network, deps)
  const clock = new TimedEngine(engine)
  return {
    lines: count,
    parameters: [...weights.values()].reduce((sum, { data }) => sum + data.length, 0),
    pass: async () => {
      let decoded = 0
      await inferLinked(clock, { network, weights, coder, stride: inferStride }, table, codes, { threads: deps.threads, batch, signal: deps.signal, onProgress: () => { decoded = performance.now() } })
      return { model: clock.predicting / 1000, whole: (decoded - clock.ready) / 1000 }
    },
    end: () => Promise.resolve(),
  }
}

/** What a network begins with. */
async function firstWeights(engine: Engine, spec: NetworkSpec, deps: MeasurementDeps): Promise<Weights> {
  const network = await engine.create(spec, { threads: 1, batch: 1, seed: deps.seed, inferenceOnly: true })
  try {
    return new Map([...network.weights()].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]))
  } finally {
    await network.dispose()
  }
}
