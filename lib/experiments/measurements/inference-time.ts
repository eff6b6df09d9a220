import { presetFamily } from '@/lib/model/presets'
import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import type { MeasurementDeps } from './measurement-deps'
import { cpuMillis, spreadOf } from './repeated'
import { linkedInference } from './time-linked'
import { windowsInference } from './time-windows'

export type InferenceSettings = Extract<Measurement, { measurement: 'inference-time' }>

/** Seconds of one pass over all lines: of the network alone, and with decoding and vote. */
export interface InferencePass { readonly model: number; readonly whole: number }

export interface TimedInference {
  readonly lines: number
  readonly parameters: number
  pass(): Promise<InferencePass>
  end(): Promise<void>
}

/**
 * Table 6: model, decoding and vote, divided by lines. The network has its preset's size and the weights that it begins with, as weights cost no time;
 * the lines are real. One pass beforehand does not count.
 */
export async function measureInferenceTime(settings: InferenceSettings, deps: MeasurementDeps): Promise<Point[]> {
  const { engine } = await deps.loadEngine()
  const inference = await (presetFamily(settings.preset) === 'linked' ? linkedInference : windowsInference)(settings, engine, deps)
  try {
    const passes: InferencePass[] = []
    let cpu = 0
    for (let round = 0; round <= settings.repetitions; round++) {
      deps.signal.throwIfAborted()
      const busy = process.cpuUsage()
      const pass = await inference.pass()
      if (round > 0) {
        passes.push(pass)
        cpu += cpuMillis(busy)
      }
      deps.onProgress(round + 1, settings.repetitions + 1, 'steps')
    }
    const perLine = (seconds: number): number => (seconds * 1000) / inference.lines
    const whole = spreadOf(passes.map((pass) => perLine(pass.whole)))
    const model = spreadOf(passes.map((pass) => perLine(pass.model)))
    return [{
      axes: {},
      measures: {
        inferMillisPerLine: whole.median, inferMillisPerLineDeviation: whole.deviation, modelMillisPerLine: model.median, inferCpuMillisPerLine: cpu / passes.length / inference.lines,
        linesPerSecond: 1000 / whole.median, inferredLines: inference.lines, parameters: inference.parameters,
      },
    }]
  } finally {
    await inference.end()
  }
}
