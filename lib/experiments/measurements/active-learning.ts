import { askLearnt, learnPartly, partlyLabelled, type LearnOptions } from '@/lib/labelling/learner/learn-partly'
import { labelKey } from '@/lib/labels/label-key'
import { macroF1 } from '@/lib/model/metrics/classification'
import { Confusion } from '@/lib/model/metrics/confusion'
import { LinkedLines, type LinkedTable } from '@/lib/model/linked/linked-lines'
import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import { wantedLabel, type RequestTruth, type TruthById } from '@/lib/model/linked/linked-target'
import type { VotedPrediction } from '@/lib/model/linked/linked-votes'
import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import { firstEvents, truthAmong } from './first-events'
import { drawLines, nextLabels, type Pool } from './label-orders'
import type { MeasurementDeps } from './measurement-deps'

type Settings = Extract<Measurement, { measurement: 'active-learning' }>

/** Purposes of draws, beside the streams of `lib/model/random.ts`. */
const [HELD, POOL] = [0x68656c64, 0x706f6f6c]

/**
 * Labels against accuracy: an annotator who is always right labels one request at a time in an order; a network is trained from nothing on what is
 * labelled at each of the counts, and scored on requests drawn at random that no order ever offers. A point for each count.
 */
export async function measureActiveLearning(settings: Settings, deps: MeasurementDeps): Promise<Point[]> {
  const log = await deps.loadLog()
  const lines = new LinkedLines()
  for await (const batch of firstEvents(log, settings.lines, deps)) lines.add(batch)
  const table = settings.rules === 'silent' ? lines.table({ rulesAt: () => [] }) : lines.table()
  const truth = truthAmong(await log.truth(), table.events, log.source.name)
  const known = Array.from(table.eventOf, (_, line) => line).filter((line) => wantedLabel(table, line, truth) !== null)
  const held = drawLines(known, deps.seed, HELD).slice(0, Math.min(settings.held, Math.floor(known.length / 4)))
  const apart = new Set(held)
  const pool = { table, seed: deps.seed, drawn: drawLines(known.filter((line) => !apart.has(line)), deps.seed, POOL) }
  return curve(settings, pool, { truth, held }, await learnOptions(settings, deps), deps)
}

async function learnOptions({ window, units, steps, batch }: Settings, deps: MeasurementDeps): Promise<LearnOptions> {
  const { engine } = await deps.loadEngine()
  return {
    engine, threads: deps.threads, signal: deps.signal, shape: { ...LINKED_PRESET.shape, window, units },
    settings: { ...LINKED_PRESET.settings, epochs: 1, steps, batch, seed: deps.seed },
  }
}

interface Known { readonly truth: TruthById; readonly held: readonly number[] }

async function curve({ order, labels: counts, leastSeen }: Settings, pool: Pool, known: Known, options: LearnOptions, deps: MeasurementDeps): Promise<Point[]> {
  const log = partlyLabelled(pool.table, leastSeen)
  const labelled = new Set<number>()
  let said: readonly VotedPrediction[] = []
  const points: Point[] = []
  for (const [round, count] of counts.entries()) {
    deps.signal.throwIfAborted()
    // Nobody is uncertain of anything before the first network: the first labels are drawn.
    const taken = nextLabels(round === 0 && order !== 'log' ? 'random' : order, pool, labelled, count - labelled.size, said)
    for (const line of taken) labelled.add(line)
    const learnt = await learnPartly(log, labelsOf(pool.table, labelled, known.truth), options)
    said = await askLearnt(log, learnt, options)
    points.push({ axes: { labels: count }, measures: scores(pool, labelled, known, said) })
    deps.onProgress(round + 1, counts.length, 'steps')
  }
  return points
}

/** What the annotator has said: role and label of a request, and nothing of its context. */
function labelsOf(table: LinkedTable, labelled: Iterable<number>, truth: TruthById): TruthById {
  return new Map([...labelled].flatMap((line): [string, RequestTruth][] => {
    const auditID = table.events[table.eventOf[line] ?? -1]?.auditID ?? ''
    const record = truth.get(auditID)
    return record ? [[auditID, { ...record, context: null }]] : []
  }))
}

function scores({ table, drawn }: Pool, labelled: ReadonlySet<number>, { truth, held }: Known, said: readonly VotedPrediction[]): Point['measures'] {
  const key = (label: Parameters<typeof labelKey>[0] | null | undefined): string => (label ? labelKey(label) : 'none')
  const confusionOf = (lines: readonly number[]): Confusion => {
    const confusion = new Confusion()
    for (const line of lines) confusion.add(key(wantedLabel(table, line, truth)), key(said[line]?.label))
    return confusion
  }
  const accuracy = (confusion: Confusion): number => (confusion.total === 0 ? 0 : confusion.margins().agreed / confusion.total)
  const sample = confusionOf(held)
  const unseen = confusionOf(drawn.filter((line) => !labelled.has(line)))
  return {
    heldAccuracy: accuracy(sample), heldMacroF1: macroF1(sample), unseenAccuracy: accuracy(unseen), heldLines: held.length,
    labelledClasses: new Set([...labelled].map((line) => key(wantedLabel(table, line, truth)))).size,
  }
}
