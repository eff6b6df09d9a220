import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import { measureActiveLearning } from './active-learning'
import { measureClusterSizes } from './cluster-sizes'
import { measureInferenceTime } from './inference-time'
import { measureLabelNoise } from './label-noise'
import { measureLevel } from './level'
import type { MeasurementDeps } from './measurement-deps'
import { measureQueryTime } from './query-time'
import { measureStorage } from './storage'

/**
 * Carries out a run that measures. The same settings, seed and data give the same points but for times.
 * Throws AuditweaveError by code where data, truth or model do not fit, and the signal's reason when aborted.
 */
export function runMeasurement(settings: Measurement, given: MeasurementDeps): Promise<Point[]> {
  const deps = loadedOnce(given)
  switch (settings.measurement) {
    case 'inference-time': return measureInferenceTime(settings, deps)
    case 'query-time': return measureQueryTime(settings, deps)
    case 'storage': return measureStorage(settings, deps)
    case 'cluster-sizes': return measureClusterSizes(settings, deps)
    case 'label-noise': return measureLabelNoise(settings, deps)
    case 'level': return measureLevel(settings, deps)
    case 'active-learning': return measureActiveLearning(settings, deps)
  }
}

/** An engine has threads and a model has weights: whoever asks again gets those at hand. */
function loadedOnce(deps: MeasurementDeps): MeasurementDeps {
  const models = new Map<string, ReturnType<MeasurementDeps['loadModel']>>()
  let engine: ReturnType<MeasurementDeps['loadEngine']> | null = null
  return {
    ...deps,
    loadEngine: () => (engine ??= deps.loadEngine()),
    loadModel: (name) => {
      const model = models.get(name) ?? deps.loadModel(name)
      models.set(name, model)
      return model
    },
  }
}
