import type { Engine } from '@/lib/engine/types'
import { inferLines } from '@/lib/model/infer'
import { getPreset, presetNetwork } from '@/lib/model/presets'
import { encodeTable } from '../encoded/encode-table'
import { TABLE_COLUMNS, type LineTable } from '../encoded/line-table'
import type { InferenceSettings, TimedInference } from './inference-time'
import type { MeasurementDeps } from './measurement-deps'
import { TimedEngine } from './timed-engine'

/** A network over windows of the 39 features, bound to the first lines. */
export async function windowsInference({ preset, window, inferStride, batch, lines }: InferenceSettings, engine: Engine, deps: MeasurementDeps): Promise<TimedInference> {
  const table = firstLines((await deps.loadLines()).table, lines)
  const { inference, paperIds } = getPreset(preset)
  const dataset = encodeTable(table, { fitted: { from: 0, to: table.lines }, paperIds })
  const spec = presetNetwork(preset, { features: dataset.inputs.length, classes: dataset.coder.classes, window: Math.min(window, table.lines) })
  const clock = new TimedEngine(engine)
  const network = await clock.create(spec, { threads: deps.threads, batch, seed: deps.seed, inferenceOnly: true })
  network.bind(dataset.lines)
  const { vote, decode } = inference
  return {
    lines: table.lines,
    parameters: [...network.weights().values()].reduce((sum, { data }) => sum + data.length, 0),
    pass: async () => {
      clock.reset()
      await inferLines(network, table.lines, { coder: dataset.coder, batch, vote, decode, stride: inferStride, signal: deps.signal })
      return { model: clock.predicting / 1000, whole: (performance.now() - clock.ready) / 1000 }
    },
    end: () => network.dispose(),
  }
}

/** A table's first lines, its values as they are. */
function firstLines(table: LineTable, lines: number | null): LineTable {
  const taken = Math.min(table.lines, lines ?? table.lines)
  return { ...table, lines: taken, codes: table.codes.subarray(0, taken * TABLE_COLUMNS), labelCodes: table.labelCodes.subarray(0, taken) }
}
