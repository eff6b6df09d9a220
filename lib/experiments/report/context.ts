import type { AxisValue } from '../points'
import { SCALES, type ExperimentSpec } from '../spec/experiment-spec'
import { observationsOf, publishedObservations, type Observation } from './observation'
import type { RunRecord } from './run-record'

/** What every view of a report reads. */
export interface ReportContext {
  readonly spec: ExperimentSpec
  readonly runs: readonly RunRecord[]
  readonly observations: readonly Observation[]
  readonly published: readonly Observation[]
}

export function reportContext(spec: ExperimentSpec, runs: readonly RunRecord[]): ReportContext {
  const ordered = runs.toSorted((a, b) => a.number - b.number)
  return { spec, runs: ordered, observations: ordered.flatMap(observationsOf), published: publishedObservations(spec) }
}

/** The values of an axis once each: numbers ascending, names as the spec lists them, others as they appear. */
export function valuesOf({ spec }: ReportContext, axis: string, observations: readonly Observation[]): AxisValue[] {
  const met = [...new Set(observations.flatMap(({ axes }) => axes[axis] ?? []))]
  const listed = SCALES.toReversed().flatMap((scale) => spec.scales[scale].axes[axis] ?? [])
  const place = (value: AxisValue): number => (listed.indexOf(value) < 0 ? listed.length + met.indexOf(value) : listed.indexOf(value))
  return met.toSorted((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : place(a) - place(b)))
}
