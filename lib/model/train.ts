import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine, LineMatrix, Network, NetworkSpec, StepResult, Weights } from '@/lib/engine/types'
import type { Checkpoint, EpochRecord, StopReason } from './checkpoint'
import { breather, type Breather } from './breather'
import { runFingerprint } from './fingerprint'
import { nextPlateau, startPlateau } from './plateau'
import { randomWord, shuffled } from './random'
import type { Split } from './splits'
import type { TrainingSettings } from './training-settings'
import { copyWeights, parameterCount } from './weights'

/** Where training stands, told after every step. `seconds` counts this run's training, resumed parts included. */
export interface TrainingProgress {
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
  readonly seconds: number
  readonly loss: number
}

export interface TrainArguments {
  readonly engine: Engine
  readonly spec: NetworkSpec
  readonly lines: LineMatrix
  readonly split: Pick<Split, 'train' | 'validation'>
  readonly settings: TrainingSettings
  /** Worker threads of the engine; 1 unless told. */
  readonly threads?: number
  readonly resume?: Checkpoint | null
  readonly signal?: AbortSignal
  onEpoch?(record: EpochRecord): void | Promise<void>
  onProgress?(progress: TrainingProgress): void
  /** Called at epoch ends, after onEpoch. The tensors are the caller's to keep. */
  onCheckpoint?(checkpoint: Checkpoint): void | Promise<void>
  /** Asked at the end of an epoch that is not the last: true ends the training there, with the best weights so far. */
  shouldEnd?(record: EpochRecord): Promise<boolean>
}

export interface TrainingResult {
  /** Of the epoch with the lowest validation loss. */
  readonly weights: Weights
  readonly epochs: readonly EpochRecord[]
  readonly best: EpochRecord | null
  /** `ended` where `shouldEnd` said so. */
  readonly stopped: StopReason | 'ended'
  /** Wall clock of training, without making the network. */
  readonly seconds: number
  readonly parameters: number
  /** State after the last whole epoch; null if it was stopped in the first. */
  readonly checkpoint: Checkpoint | null
}

/**
 * Trains a network on the split's training windows and keeps the weights that do best on its validation windows.
 * The same arguments give the same weights, whether or not a run was cut and resumed between epochs. An abort is no
 * error: it stops at the next step and yields what the last whole epoch left.
 */
export async function trainNetwork(args: TrainArguments): Promise<TrainingResult> {
  const { engine, spec, settings, split, resume } = args
  if (split.train.length === 0 || split.validation.length === 0) {
    throw new AuditweaveError('log-too-short', `There are ${split.train.length} training and ${split.validation.length} validation windows: take a longer log or a smaller window.`)
  }
  for (const [name, starts] of [['training', split.train], ['validation', split.validation]] as const) {
    if (!hasLabel(args.lines, starts, spec.window)) throw new AuditweaveError('no-labels', `No line of the ${name} windows has a label: label more of the log or take other shares.`)
  }
  const fingerprint = runFingerprint(args)
  if (resume && resume.fingerprint !== fingerprint) {
    throw new AuditweaveError('bad-checkpoint', 'The checkpoint is of another run (other data, network or settings). Start this run anew.')
  }
  const network = await engine.create(spec, { threads: args.threads ?? 1, batch: settings.batch, seed: settings.seed })
  try {
    network.bind(args.lines)
    if (resume) {
      network.setWeights(resume.weights)
      network.setOptimizer(resume.optimizer)
    }
    return await runEpochs(args, network, fingerprint)
  } finally {
    await network.dispose()
  }
}

function hasLabel({ labels, lines }: LineMatrix, starts: Int32Array, W: number): boolean {
  const heads = labels.length / lines
  return starts.some((start) => labels.subarray(start * heads, (start + W) * heads).some((label) => label >= 0))
}

async function runEpochs(args: TrainArguments, network: Network, fingerprint: string): Promise<TrainingResult> {
  const { settings, resume } = args
  const history: EpochRecord[] = [...(resume?.history ?? [])]
  let plateau = resume?.plateau ?? startPlateau(settings.learningRate)
  let best = resume?.best ?? copyWeights(network.weights())
  let checkpoint = resume ?? null
  // Asked anew, since a finished run may be given more epochs or seconds.
  let stopped: TrainingResult['stopped'] | null = resume ? stopReason(resume.stopped === 'earlyStopping', resume.epoch, resume.seconds, settings) : null
  const begun = performance.now() - (resume?.seconds ?? 0) * 1000
  const clock = (): number => (performance.now() - begun) / 1000
  const pause = breather()

  while (stopped === null) {
    const epoch = history.length + 1
    const started = clock()
    const trained = await trainEpoch(args, network, { epoch, learningRate: plateau.learningRate, clock, pause })
    const validated = trained.aborted ? null : await evaluateWindows(network, args.split.validation, settings.batch, args.signal, pause)
    if (!validated) { stopped = 'aborted'; break }
    checkFinite(trained.loss + validated.loss, epoch)
    const rate = plateau.learningRate
    const next = nextPlateau(plateau, validated.loss, epoch, settings)
    plateau = next.state
    if (next.improved) best = copyWeights(network.weights())
    const record: EpochRecord = {
      epoch, steps: trained.steps, loss: trained.loss, accuracy: trained.accuracy, validationLoss: validated.loss,
      validationAccuracy: validated.accuracy, learningRate: rate, seconds: clock() - started, best: next.improved,
    }
    history.push(record)
    const over = stopReason(next.stop, epoch, clock(), settings)
    stopped = over
    await args.onEpoch?.(record)
    const optimizer = network.optimizer()
    checkpoint = {
      epoch, weights: copyWeights(network.weights()), best, plateau, history: [...history], seconds: clock(), stopped: over, fingerprint,
      optimizer: { step: optimizer.step, first: copyWeights(optimizer.first), second: copyWeights(optimizer.second) },
    }
    await args.onCheckpoint?.(checkpoint)
    if (over === null && await args.shouldEnd?.(record)) stopped = 'ended'
  }
  return {
    weights: best, epochs: history, best: history.find((record) => record.epoch === plateau.bestEpoch) ?? null, stopped,
    seconds: clock(), parameters: parameterCount(best), checkpoint,
  }
}

function stopReason(patienceUsed: boolean, epoch: number, seconds: number, settings: TrainingSettings): StopReason | null {
  if (patienceUsed) return 'earlyStopping'
  if (epoch >= settings.epochs) return 'epochs'
  return settings.maxSeconds !== null && seconds >= settings.maxSeconds ? 'maxSeconds' : null
}

interface EpochContext { readonly epoch: number; readonly learningRate: number; clock(): number; readonly pause: Breather }

/** Every `stride`th line from a place that the epoch decides; all of the windows where the phase is fixed. */
function epochStarts(starts: Int32Array, { phase, stride, seed }: TrainingSettings, epoch: number): Int32Array {
  if (phase !== 'random') return starts
  const first = randomWord(seed, 'chunks', epoch, 0) % stride
  const chosen = starts.filter((start) => start % stride === first)
  return chosen.length > 0 ? chosen : starts.slice(0, 1)
}

async function trainEpoch(args: TrainArguments, network: Network, { epoch, learningRate, clock, pause }: EpochContext): Promise<StepResult & { steps: number; aborted: boolean }> {
  const { settings, split, signal } = args
  const order = shuffled(epochStarts(split.train, settings, epoch), settings.seed, 'shuffle', epoch)
  const steps = Math.ceil(order.length / settings.batch)
  const mean = new WindowMean()
  for (let step = 0; step < steps; step++) {
    await pause()
    if (signal?.aborted) return { ...mean.result(), steps: step, aborted: true }
    const starts = order.slice(step * settings.batch, (step + 1) * settings.batch)
    mean.add(await network.step(starts, learningRate, randomWord(settings.seed, 'dropout', epoch, step)), starts.length)
    const { loss } = mean.result()
    args.onProgress?.({ epoch, epochs: settings.epochs, step: step + 1, steps, seconds: clock(), loss })
    // A cap that falls inside an epoch ends it: what was learnt is still validated and may be the best.
    if (settings.maxSeconds !== null && clock() >= settings.maxSeconds) return { ...mean.result(), steps: step + 1, aborted: false }
  }
  return { ...mean.result(), steps, aborted: false }
}

/** Loss and accuracy over any number of windows, in batches; null if aborted. */
export async function evaluateWindows(network: Network, starts: Int32Array, batch: number, signal?: AbortSignal, pause: Breather = breather()): Promise<StepResult | null> {
  const mean = new WindowMean()
  for (let at = 0; at < starts.length; at += batch) {
    await pause()
    if (signal?.aborted) return null
    const part = starts.slice(at, at + batch)
    mean.add(await network.evaluate(part), part.length)
  }
  return mean.result()
}

class WindowMean {
  #loss = 0
  #accuracy = 0
  #windows = 0

  add({ loss, accuracy }: StepResult, windows: number): void {
    this.#loss += loss * windows
    this.#accuracy += accuracy * windows
    this.#windows += windows
  }

  result(): StepResult {
    const windows = Math.max(1, this.#windows)
    return { loss: this.#loss / windows, accuracy: this.#accuracy / windows }
  }
}

function checkFinite(loss: number, epoch: number): void {
  if (!Number.isFinite(loss)) throw new AuditweaveError('training-diverged', `The loss became ${loss} in epoch ${epoch}: take a lower learning rate or another seed.`)
}
