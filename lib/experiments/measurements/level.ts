import { LOG_VARIANTS } from '@/lib/model/linked/log-variants'
import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import { contextMeasures } from './context-measures'
import { findContexts, logFor, predictedLabels } from './find-contexts'
import { firstEvents, truthAmong } from './first-events'
import type { MeasurementDeps } from './measurement-deps'

type Settings = Extract<Measurement, { measurement: 'level' }>

/**
 * Every form in which the log might have been written against what one method makes of it: a point a form, scored over the lines that the form logs.
 * The paper's clusterers get their labels from the paper's model, as they would on a log without truth.
 */
export async function measureLevel({ lines, method }: Settings, deps: MeasurementDeps): Promise<Point[]> {
  const log = await deps.loadLog()
  const forms = LOG_VARIANTS.map((variant) => ({ variant, kept: logFor(method, 'predicted') }))
  for await (const batch of firstEvents(log, lines, deps)) {
    for (const { variant, kept } of forms) kept.add(batch.flatMap((event) => variant.change(event) ?? []))
  }
  const truth = await log.truth()
  const points: Point[] = []
  for (const { variant, kept } of forms) {
    deps.signal.throwIfAborted()
    const found = await findContexts(method, kept, () => predictedLabels(kept, deps), deps)
    points.push({ axes: { form: variant.name }, measures: { ...contextMeasures(truthAmong(truth, kept.facts, log.source.name), found), loggedLines: kept.facts.length } })
    deps.onProgress(points.length, forms.length, 'steps')
  }
  return points
}
