import type { ExperimentSpec } from '../spec/experiment-spec'
import type { AxisValue } from '../points'
import type { RunRecord } from './run-record'

/** Figures at a place on the axes, with the run they come from; null of published ones. */
export interface Observation {
  readonly run: RunRecord | null
  readonly axes: Readonly<Record<string, AxisValue>>
  /** Axes that the run's points have beyond those of the run itself. */
  readonly own: readonly string[]
  readonly measures: Readonly<Record<string, number>>
  readonly deviations: Readonly<Record<string, number>>
}

/** Everything a run has yielded: the figures of its training, and each of its points. */
export function observationsOf(run: RunRecord): Observation[] {
  const axes = { ...run.axes }
  // A measurement's figures are its points alone: what its phases took is no time of training or inference.
  const base = run.kind === 'train' && (run.metrics || run.timings) ? [{ run, axes, own: [], measures: numbersOf({ ...run.metrics, ...run.timings }), deviations: {} }] : []
  const points = run.points.map((point) => ({ run, axes: { ...axes, ...point.axes }, own: Object.keys(point.axes).filter((axis) => !Object.hasOwn(run.axes, axis)), measures: point.measures, deviations: {} }))
  return [...base, ...points]
}

export function publishedObservations(spec: ExperimentSpec): Observation[] {
  return spec.published.points.map(({ axes, measures, deviations }) => ({ run: null, axes, own: [], measures, deviations: deviations ?? {} }))
}

function numbersOf(figures: object): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1])))
}
