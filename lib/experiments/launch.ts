import type { JsonObject } from '@/lib/audit/event'
import type { EngineChoice } from '@/lib/engine/registry/optional'
import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import { getPreset, presetFamily } from '@/lib/model/presets'
import type { ExperimentSpec, Scale } from './experiment-spec'
import { expandExperiment, type LaunchChoices } from './expand'
import type { PlannedRun } from './planned-run'
import type { RunSpec } from './run-spec'
import { beginSearches } from './search/search-runs'
import { narrowSearch, SEARCH_METHODS, type SearchMethod } from './search/search-spec'

export interface LaunchPlan {
  readonly name: string
  readonly title: string
  readonly spec: JsonObject
  readonly scale: Scale
  readonly runs: readonly PlannedRun[]
}

/**
 * What a person may change before a launch; `lines` (null is all of the log) and `epochs` override the scale's own. In a search `epochs` are
 * those of the longest trials.
 */
export interface PlanChoices extends LaunchChoices {
  readonly scale: Scale
  readonly lines?: number | null
  readonly epochs?: number
  readonly engine?: EngineChoice
  /** Only these ways of searching. */
  readonly methods?: readonly SearchMethod[]
}

/** The settings that a preset gives a run before an experiment's scale changes them. */
export function presetRunSettings(preset: string): Partial<RunSpec> {
  if (presetFamily(preset) === 'linked') return linkedRunSettings()
  const { training, split, inference } = getPreset(preset)
  const { batch, epochs, learningRate, stride, phase, earlyStoppingPatience, reducePatience, reduceFactor } = training
  return { batch, epochs, learningRate, stride, ...(phase ? { phase } : {}), earlyStoppingPatience, reducePatience, reduceFactor, split, inferStride: inference.stride, vote: inference.vote }
}

/** Its learning rate falls along a cosine and its chunks begin anywhere: stride and patience have no part in it. */
function linkedRunSettings(): Partial<RunSpec> {
  const { settings: { batch, epochs, learningRate }, split, stride } = LINKED_PRESET
  return { batch, epochs, learningRate, stride: 1, earlyStoppingPatience: epochs, reducePatience: epochs, reduceFactor: 1, split, inferStride: stride, vote: 'weighted' }
}

/** The window that a preset is made for. */
export function presetWindow(preset: string): number {
  return presetFamily(preset) === 'linked' ? LINKED_PRESET.shape.window : getPreset(preset).window
}

/** Plans a launch: every run of the experiment at the scale (of a search, those it begins with). Throws as `expandExperiment` does. */
export function planLaunch(spec: ExperimentSpec, choices: PlanChoices): LaunchPlan {
  const { scale, lines, epochs, engine } = choices
  const overrides = { ...(lines === undefined ? {} : { lines }), ...(epochs ? { epochs } : {}), ...(engine ? { engine } : {}) }
  const runs = expandExperiment(spec, scale, presetRunSettings(spec.preset), choices, overrides)
  const carriedOut = narrowed(spec, choices)
  const { search } = carriedOut.scales[scale]
  return {
    name: spec.name,
    title: spec.title,
    spec: JSON.parse(JSON.stringify(carriedOut)) as JsonObject,
    scale,
    runs: search ? beginSearches(search, runs) : runs.map(planned),
  }
}

/** The experiment with the search that was chosen: what is stored must tell how it goes on. */
function narrowed(spec: ExperimentSpec, { scale, methods, epochs }: PlanChoices): ExperimentSpec {
  const plan = spec.scales[scale]
  if (!plan.search) return spec
  const search = narrowSearch(plan.search, methods ?? SEARCH_METHODS, epochs)
  return { ...spec, scales: { ...spec.scales, [scale]: { ...plan, search } } }
}

function planned(params: RunSpec): PlannedRun {
  const { preset, protocol, seed, window } = params
  return { name: `${preset} W=${window} ${protocol} seed ${seed}`, preset, protocol, seed, axes: { window, protocol }, params }
}
