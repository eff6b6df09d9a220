import { AuditweaveError } from '@/lib/audit/errors'
import { activeLearning } from '@/experiments/active-learning'
import { classAccuracy } from '@/experiments/class-accuracy'
import { clusterSizes } from '@/experiments/cluster-sizes'
import { featureRemoval } from '@/experiments/feature-removal'
import { featureSelection } from '@/experiments/feature-selection'
import { inferenceTime } from '@/experiments/inference-time'
import { kFold } from '@/experiments/k-fold'
import { labelNoise } from '@/experiments/label-noise'
import { level } from '@/experiments/level'
import { protocols } from '@/experiments/protocols'
import { queryTime } from '@/experiments/query-time'
import { splits } from '@/experiments/splits'
import { storage } from '@/experiments/storage'
import { tuner } from '@/experiments/tuner'
import { voteStride } from '@/experiments/vote-stride'
import { windowSize } from '@/experiments/window-size'
import { experimentSpecSchema, type ExperimentSpec } from './spec/experiment-spec'

const EXPERIMENTS: readonly ExperimentSpec[] = [
  windowSize, inferenceTime, featureRemoval, featureSelection, splits, kFold, classAccuracy, clusterSizes, queryTime, storage, tuner, protocols, voteStride, labelNoise, level, activeLearning,
].map((spec) => experimentSpecSchema.parse(spec))

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
