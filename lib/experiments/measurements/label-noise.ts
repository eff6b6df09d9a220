import { reconstructByLabels } from '@/lib/contexts/by-labels'
import type { Reconstruction } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { breather } from '@/lib/model/breather'
import { joinLinked } from '@/lib/model/linked/join-links'
import { labelTable } from '@/lib/model/linked/label-linked'
import type { TruthById } from '@/lib/model/linked/linked-target'
import type { ModelLog } from '@/lib/model/model-log'
import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import { contextMeasures } from './context-measures'
import { defaultModel, logFor, trueLabels, type ContextMethod, type GivenLabels } from './find-contexts'
import { firstEvents, truthAmong } from './first-events'
import type { MeasurementDeps } from './measurement-deps'
import { noisyPredictions, WRONG_WAYS, type WrongWay } from './noisy-predictions'
import { LabelPool, wrongPlaces } from './wrong-labels'

type Settings = Extract<Measurement, { measurement: 'label-noise' }>
type Found = Pick<Reconstruction, 'records'>

/** Contexts where a share of the labels is wrong, in one of the ways that the method knows. */
interface NoisyMethod {
  readonly ways: readonly WrongWay[]
  find(share: number, way: WrongWay): Found
}

/**
 * Wrong labels against contexts: a point for each share and way. The paper's clusterers get the true labels, some of them wrong; the default model's
 * word is made wrong before it is joined with links; links alone hear of no label and stay as they are.
 */
export async function measureLabelNoise({ lines, method, shares }: Settings, deps: MeasurementDeps): Promise<Point[]> {
  const log = await deps.loadLog()
  const kept = logFor(method, 'true')
  for await (const batch of firstEvents(log, lines, deps)) kept.add(batch)
  const truth = truthAmong(await log.truth(), kept.facts, log.source.name)
  const { ways, find } = await noisyMethod(method, kept, truth, deps)
  const points: Point[] = []
  const pause = breather()
  for (const wrong of ways) {
    for (const share of shares) {
      await pause()
      deps.signal.throwIfAborted()
      points.push({ axes: { share, wrong }, measures: contextMeasures(truth, find(share, wrong)) })
      deps.onProgress(points.length, ways.length * shares.length, 'steps')
    }
  }
  return points
}

async function noisyMethod(method: ContextMethod, kept: ModelLog, truth: TruthById, deps: MeasurementDeps): Promise<NoisyMethod> {
  const { seed } = deps
  if (method === 'links') {
    const found = kept.link()
    return { ways: WRONG_WAYS, find: () => found }
  }
  if (method === 'linked') {
    const { engine } = await deps.loadEngine()
    const table = kept.table()
    const predictions = await labelTable(await defaultModel(deps), engine, table, { threads: deps.threads, signal: deps.signal })
    return { ways: WRONG_WAYS, find: (share, way) => joinLinked(table, noisyPredictions(table, predictions, truth, { share, seed, way }), 'join') }
  }
  const labels = trueLabels(truth)
  return {
    ways: ['label'],
    find: (share) => {
      const given = noisyLabels(labels, share, seed)
      return reconstructByLabels(kept.facts, kept.facts.map(({ auditID }) => given.get(auditID) ?? null), method)
    },
  }
}

/** The labels with exactly this share of them wrong. */
export function noisyLabels(labels: GivenLabels, share: number, seed: number): GivenLabels {
  const places = wrongPlaces(labels.size, share, seed)
  const pool = new LabelPool(labels.values())
  const made = (label: ActionLabel, place: number): ActionLabel => (places.has(place) ? pool.wrong([label], place, seed) ?? label : label)
  return new Map([...labels].map(([auditID, label], place) => [auditID, made(label, place)]))
}
