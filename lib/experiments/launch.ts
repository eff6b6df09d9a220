import type { JsonObject } from '@/lib/audit/event'
import type { EngineChoice } from '@/lib/engine/registry/optional'
import { isMeasureSpec } from './any-run-spec'
import { expandExperiment, narrowPlan, type ExpandedRun, type LaunchChoices } from './expand'
import { beginGrowth, narrowGrowth } from './growth/growth'
import type { PlannedRun } from './planned-run'
import { plannedTraining } from './planned-training'
import type { SearchMethod } from './search/search-spec'
import type { ExperimentSpec, Scale } from './spec/experiment-spec'

export interface LaunchPlan {
  readonly name: string
  readonly title: string
  /** The experiment as it is carried out: with the axes, seeds and ways of growing that were chosen. */
  readonly spec: JsonObject
  readonly scale: Scale
  readonly runs: readonly PlannedRun[]
}

/**
 * What a person may change before a launch: values of any axis, repetitions; `lines` (null is all of the log), `epochs` and `engine` override the scale's
 * own. In a search `epochs` are those of the longest trials.
 */
export interface PlanChoices extends LaunchChoices {
  readonly scale: Scale
  readonly lines?: number | null | undefined
  readonly epochs?: number | undefined
  readonly engine?: EngineChoice | undefined
  /** Only these ways of searching. */
  readonly methods?: readonly SearchMethod[] | undefined
}

/** Plans a launch: every run of the experiment at the scale (of one that grows, those it begins with). Throws as `expandExperiment` does. */
export function planLaunch(spec: ExperimentSpec, choices: PlanChoices): LaunchPlan {
  const { scale, lines, epochs, engine } = choices
  const overrides = { ...(lines === undefined ? {} : { lines }), ...(epochs ? { epochs } : {}), ...(engine ? { engine } : {}) }
  const expanded = expandExperiment(spec, scale, choices, overrides)
  const carriedOut = narrowed(spec, choices)
  const { growth } = carriedOut.scales[scale]
  return {
    name: spec.name,
    title: spec.title,
    spec: JSON.parse(JSON.stringify(carriedOut)) as JsonObject,
    scale,
    runs: growth ? beginGrowth(growth, expanded) : expanded.map(planned),
  }
}

/** The experiment as it was chosen: what is stored must tell how it goes on. */
function narrowed(spec: ExperimentSpec, choices: PlanChoices): ExperimentSpec {
  const plan = narrowPlan(spec, choices.scale, choices)
  const growth = plan.growth && narrowGrowth(plan.growth, choices)
  return { ...spec, scales: { ...spec.scales, [choices.scale]: { ...plan, ...(growth ? { growth } : {}) } } }
}

function planned({ swept, params }: ExpandedRun): PlannedRun {
  if (!isMeasureSpec(params)) return plannedTraining({ swept, params })
  const { measure: { measurement }, seed } = params
  const values = Object.entries(swept).map(([name, value]) => ` ${name}=${value}`)
  return { kind: 'measure', name: `${measurement}${values.join('')} seed ${seed}`, preset: measurement, protocol: 'whole', seed, axes: { ...swept, seed }, params }
}
