import type { Reconstruction } from '@/lib/contexts/types'
import { labelKey } from '@/lib/labels/label-key'
import type { TruthById } from '@/lib/model/linked/linked-target'
import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import { sizePoints, type SizedContext } from './context-sizes'
import { findContexts, logFor, trueLabels } from './find-contexts'
import { firstEvents, truthAmong } from './first-events'
import type { MeasurementDeps } from './measurement-deps'

type Settings = Extract<Measurement, { measurement: 'cluster-sizes' }>

/** Figure 10: how many lines the contexts of a label hold on average. The paper's clusterers are given the true labels, as they were in the paper. */
export async function measureClusterSizes({ lines, method }: Settings, deps: MeasurementDeps): Promise<Point[]> {
  const log = await deps.loadLog()
  const way = method === 'truth' ? 'links' : method
  const kept = logFor(way, 'true')
  for await (const batch of firstEvents(log, lines, deps)) kept.add(batch)
  const truth = truthAmong(await log.truth(), kept.facts, log.source.name)
  return sizePoints(method === 'truth' ? trueContexts(truth) : foundContexts(await findContexts(way, kept, () => trueLabels(truth), deps)))
}

function trueContexts(truth: TruthById): SizedContext[] {
  const sizes = new Map<string, SizedContext>()
  for (const { context, label } of truth.values()) {
    if (context === null || label === null) continue
    sizes.set(context, { label: labelKey(label), lines: (sizes.get(context)?.lines ?? 0) + 1 })
  }
  return [...sizes.values()]
}

/** Contexts that bear no label are nobody's known action and count for none. */
function foundContexts({ contexts }: Reconstruction): SizedContext[] {
  return contexts.flatMap(({ label, events }) => (label ? [{ label: labelKey(label), lines: events }] : []))
}
