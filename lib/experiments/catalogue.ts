import { AuditweaveError } from '@/lib/audit/errors'
import { tuner } from '@/experiments/tuner'
import { windowSize } from '@/experiments/window-size'
import { experimentSpecSchema, type ExperimentSpec } from './experiment-spec'

const EXPERIMENTS: readonly ExperimentSpec[] = [windowSize, tuner].map((spec) => experimentSpecSchema.parse(spec))

/** Every experiment that ships, in the order of the paper's sections. */
export function listExperiments(): readonly ExperimentSpec[] {
  return EXPERIMENTS
}

/** @throws AuditweaveError 'unknown-experiment' naming those there are. */
export function getExperiment(name: string): ExperimentSpec {
  const found = EXPERIMENTS.find((spec) => spec.name === name)
  if (found) return found
  const names = EXPERIMENTS.map((spec) => spec.name).join(', ')
  throw new AuditweaveError('unknown-experiment', `There is no experiment "${name.slice(0, 64)}". Those there are: ${names}.`)
}
