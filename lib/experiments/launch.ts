import type { JsonObject } from '@/lib/audit/event'
import { getPreset } from '@/lib/model/presets'
import type { ExperimentSpec, Scale } from './experiment-spec'
import { expandExperiment, type LaunchChoices } from './expand'
import type { Protocol, RunSpec } from './run-spec'

/** A run as the queue takes it. */
export interface PlannedRun {
  readonly name: string
  readonly preset: string
  readonly protocol: Protocol
  readonly seed: number
  readonly axes: { readonly window: number; readonly protocol: Protocol }
  readonly params: RunSpec
}

export interface LaunchPlan {
  readonly name: string
  readonly title: string
  readonly spec: JsonObject
  readonly scale: Scale
  readonly runs: readonly PlannedRun[]
}

/** What a person may change before a launch; `lines` (null is all of the log) and `epochs` override the scale's own. */
export interface PlanChoices extends LaunchChoices {
  readonly scale: Scale
  readonly lines?: number | null
  readonly epochs?: number
}

/** The settings that a preset gives a run before an experiment's scale changes them. */
export function presetRunSettings(preset: string): Partial<RunSpec> {
  const { training, split, inference } = getPreset(preset)
  const { batch, epochs, learningRate, stride, earlyStoppingPatience, reducePatience, reduceFactor } = training
  return { batch, epochs, learningRate, stride, earlyStoppingPatience, reducePatience, reduceFactor, split, inferStride: inference.stride, vote: inference.vote }
}

/** Plans a launch: every run of the experiment at the scale, with what was chosen. Throws as `expandExperiment` does. */
export function planLaunch(spec: ExperimentSpec, choices: PlanChoices): LaunchPlan {
  const overrides = { ...(choices.lines === undefined ? {} : { lines: choices.lines }), ...(choices.epochs ? { epochs: choices.epochs } : {}) }
  const runs = expandExperiment(spec, choices.scale, presetRunSettings(spec.preset), choices, overrides)
  return {
    name: spec.name,
    title: spec.title,
    spec: JSON.parse(JSON.stringify(spec)) as JsonObject,
    scale: choices.scale,
    runs: runs.map(planned),
  }
}

function planned(params: RunSpec): PlannedRun {
  const { preset, protocol, seed, window } = params
  return { name: `${preset} W=${window} ${protocol} seed ${seed}`, preset, protocol, seed, axes: { window, protocol }, params }
}
