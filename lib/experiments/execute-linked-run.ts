import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { loadEngine } from '@/lib/engine/load.node.ts'
import type { LinkedRunResult } from '@/lib/model/linked/linked-run'
import type { LinkedEpoch } from '@/lib/model/linked/linked-train'
import { macroF1 } from '@/lib/model/metrics/classification'
import { serialiseModel } from '@/lib/model/model-file'
import { EarlyEnd } from './early-end'
import { readEnvironment } from './environment.node.ts'
import type { EpochRow, ExecuteDeps, RunProgress, TrainingOutcome } from './execute-types'
import { linkedAnswers } from './linked-answers'
import { cachedCorpus } from './linked-cache.node.ts'
import { confusionOfAnswers, linkedClasses, linkedRunMetrics } from './linked-outcome'
import { trainLinkedModel, type LinkedTraining, type LinkedTrainingHooks, type LinkedTrainingSpec, type LoadedCorpus } from './linked-training'
import type { Point } from './points'
import { RunEngine } from './run-engine.node.ts'
import type { RunSpec } from './run-spec'
import { runTimings } from './run-timings'
import { Stopwatch } from './stopwatch'
import { loadStoredSplit } from './stored-split'
import { testData } from './test-data'

/**
 * Carries out one run of the linked network: read, link, train, calibrate, score on the test lines of every form of the log. It takes a
 * minute or two, so a run that was cut starts anew, and so does one whose engine broke down; the same spec on the same data gives the same weights all the same.
 * @throws AuditweaveError 'run-stopped' when the signal aborts, 'bad-spec' for settings that this network does not have
 */
export async function executeLinkedRun(spec: RunSpec, deps: ExecuteDeps): Promise<TrainingOutcome> {
  checkSettings(spec)
  const watch = new Stopwatch()
  try {
    const { loaded, other } = await load(spec, deps)
    const stored = await loadStoredSplit(spec, deps)
    watch.lap('load')
    const computer = new RunEngine(await loadEngine(spec.engine ?? deps.engine ?? 'auto', { threads: deps.threads }), deps.threads)
    const end = new EarlyEnd(deps)
    const training = await computer.use((engine) => trainLinkedModel(loaded, { ...linkedSpec(spec), stored }, engine, hooks(deps, watch, end), other))
    watch.lap('infer')
    return outcome(spec, training, { computer, watch, end, deps })
  } catch (error) {
    if (!deps.signal.aborted) throw error
    const { reason } = deps.signal
    throw isAuditweaveError(reason) ? reason : new AuditweaveError('run-stopped', 'The run was stopped before its end; no model was made of it.')
  }
}

function checkSettings({ fold, omitFeatures }: RunSpec): void {
  const odd = fold ? 'is split in folds' : omitFeatures.length > 0 ? 'leaves out features of the paper\'s 39' : null
  if (odd) throw new AuditweaveError('bad-spec', `The run ${odd}, which the linked network cannot: take a network over windows, such as k8ntext.`)
}

async function load(spec: RunSpec, deps: ExecuteDeps): Promise<{ loaded: LoadedCorpus; other?: LoadedCorpus }> {
  const reading = { signal: deps.signal, onRead: (events: number) => deps.onProgress({ phase: 'load', unit: 'lines', done: events, total: Math.max(events, 1), epoch: null, epochs: null, secondsLeft: null }) }
  const tested = await testData(spec, deps)
  const loaded = await cachedCorpus(await deps.loadLog(), { lines: spec.lines, seed: spec.seed }, deps.cache, reading)
  return { loaded, ...(spec.protocol === 'transfer' ? { other: await cachedCorpus(await tested.loadLog(), { lines: null, seed: null }, deps.cache, reading) } : {}) }
}

function linkedSpec({ protocol, seed, lines, window, batch, epochs, learningRate, split, network }: RunSpec): LinkedTrainingSpec {
  return { protocol, seed, lines, shape: { window, ...(network?.dropout === undefined ? {} : { dropout: network.dropout }) }, settings: { batch, epochs, learningRate }, split }
}

/** A phase begins where the one before ended: the last one, scoring, ends with the work. */
const ENDED_BY = { linking: 'load', training: 'preprocess', scoring: 'train' } as const

function hooks(deps: ExecuteDeps, watch: Stopwatch, end: EarlyEnd): LinkedTrainingHooks {
  const tell = (progress: Partial<RunProgress> & Pick<RunProgress, 'phase' | 'unit'>): void => deps.onProgress({ done: 0, total: 1, epoch: null, epochs: null, secondsLeft: null, ...progress })
  return {
    threads: deps.threads, signal: deps.signal,
    onPhase: (phase) => {
      watch.lap(ENDED_BY[phase])
      if (phase !== 'training') tell({ phase: phase === 'linking' ? 'preprocess' : 'infer', unit: phase === 'linking' ? 'lines' : 'windows' })
    },
    onProgress: ({ step, steps, epoch, epochs, seconds }) => tell({ phase: 'train', unit: 'steps', done: step, total: steps, epoch, epochs, secondsLeft: (seconds / step) * (steps - step) }),
    onEpoch: (epoch) => deps.onEpoch(epochRow(epoch)),
    shouldEnd: (epoch) => end.ask(epochRow(epoch)),
  }
}

/** The last weights are the ones kept, so that every epoch is the best so far. */
function epochRow({ epoch, steps, loss, accuracy, validationLoss, validationAccuracy, learningRate, seconds }: LinkedEpoch): EpochRow {
  return { epoch, steps, loss, accuracy, validationLoss, validationAccuracy, learningRate, seconds, best: true }
}

interface Pieces { readonly computer: RunEngine; readonly watch: Stopwatch; readonly end: EarlyEnd; readonly deps: ExecuteDeps }

function outcome(spec: RunSpec, { model, result }: LinkedTraining, { computer, watch, end, deps }: Pieces): TrainingOutcome {
  const { json, weights } = serialiseModel(model)
  const metrics = linkedRunMetrics(result, spec.protocol === 'paper' ? 1 : 0)
  const answers = linkedAnswers(result.answers)
  watch.lap('save')
  return {
    metrics, ...linkedClasses(result), answers, points: spec.measure?.forms ? formPoints(result) : [], endedEarly: end.reason,
    timings: runTimings(watch, { trainSeconds: result.trained.seconds, inferMillisPerLine: result.seconds.millisPerLine }),
    environment: readEnvironment(computer.engine.description, deps.threads, deps.version, computer.notes),
    model: { manifest: json, weights },
  }
}

/** The test lines in every form of the log, by the names that runs over windows have for the same. */
function formPoints({ forms, formAnswers }: LinkedRunResult): Point[] {
  return forms.map(({ form, scores }, i): Point => ({
    axes: { form },
    measures: {
      lineAccuracy: scores.accuracy, contextAccuracy: scores.contextAccuracy, lineMacroF1: macroF1(confusionOfAnswers(formAnswers[i] ?? [])), roleAccuracy: scores.roleAccuracy,
      calibrationError: scores.calibrationError, linksAccuracy: scores.linksAccuracy, testLines: scores.lines,
    },
  }))
}
