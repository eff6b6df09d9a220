import { AuditweaveError } from '@/lib/audit/errors'
import { initialWeights } from '../initial-weights'
import { hashKey } from '../random'
import { networkParameters, outputCount, type Parameter } from '../spec'
import type { EngineOptions, LineMatrix, Network, NetworkSpec, OptimizerState, StepResult, Weights } from '../types'
import type { TfTensor, TfjsBackend } from './backend'
import { BoundLines } from './bound-lines'
import { lossOf, probabilities } from './loss'
import { infer, takeGradients, type Model } from './passes'
import { FlatTensors, adam, flatGradient } from './state'

/** A network whose tensors are tfjs's, on one of its backends. Between awaits it computes without a break, so networks may take turns. */
export class TfjsNetwork implements Network {
  private readonly trained: FlatTensors
  private readonly untrained: FlatTensors
  private readonly moments: { readonly first: FlatTensors; readonly second: FlatTensors } | null
  private readonly model: Model
  private lines: BoundLines | null = null
  private steps = 0
  private busy = false
  private disposed = false

  constructor(readonly spec: NetworkSpec, private readonly options: EngineOptions, private readonly backend: TfjsBackend) {
    const parameters = networkParameters(spec)
    const trained = parameters.filter((parameter) => parameter.trained)
    const group = (own: readonly Parameter[]): FlatTensors => new FlatTensors(backend, own)
    this.trained = group(trained)
    this.untrained = group(parameters.filter((parameter) => !parameter.trained))
    this.model = { spec, backend, trained: this.trained, untrained: this.untrained }
    this.moments = options.inferenceOnly ? null : { first: group(trained), second: group(trained) }
    this.setWeights(initialWeights(spec, options.seed))
  }

  bind(lines: LineMatrix): void {
    this.assertIdle()
    this.lines = new BoundLines(this.spec, lines)
  }

  weights(): Weights {
    this.assertIdle()
    const found = new Map([...this.trained.read(), ...this.untrained.read()])
    return new Map(networkParameters(this.spec).map(({ name }) => [name, found.get(name)!]))
  }

  setWeights(weights: Weights): void {
    this.assertIdle()
    const untrained = new Set(this.untrained.parameters.map(({ name }) => name))
    this.trained.write(new Map([...weights].filter(([name]) => !untrained.has(name))))
    this.untrained.write(new Map([...weights].filter(([name]) => untrained.has(name))))
  }

  optimizer(): OptimizerState {
    this.assertIdle()
    const { first, second } = this.assertTraining()
    return { step: this.steps, first: first.read(), second: second.read() }
  }

  setOptimizer({ step, first, second }: OptimizerState): void {
    this.assertIdle()
    const moments = this.assertTraining()
    moments.first.write(first)
    moments.second.write(second)
    this.steps = step
  }

  async step(starts: Int32Array, learningRate: number, dropoutKey: number): Promise<StepResult> {
    const { first, second } = this.assertTraining()
    const { scale } = this.assertBatch(starts)
    const { tf } = this.backend
    return this.busily(async () => {
      const taken = takeGradients(this.model, this.bound(), starts, hashKey(this.options.seed, dropoutKey))
      const after = tf.tidy(() => {
        const gradient = flatGradient(tf, taken.gradients, this.options.clipNorm)
        return adam(tf, { weights: this.trained.flat, first: first.flat, second: second.flat }, gradient, learningRate, this.steps + 1)
      })
      this.trained.replace(tf.keep(after.weights))
      first.replace(tf.keep(after.first))
      second.replace(tf.keep(after.second))
      if (taken.moving) this.untrained.replace(taken.moving)
      tf.dispose([...taken.gradients])
      this.steps++
      const [loss = 0, hits = 0] = await this.consume(taken.sums)
      for (const tensors of [this.trained, this.untrained, first, second]) await tensors.refresh()
      return { loss: loss * scale, accuracy: hits * scale }
    })
  }

  async gradients(starts: Int32Array): Promise<{ readonly loss: number; readonly gradients: Weights }> {
    this.assertTraining()
    const { scale } = this.assertBatch(starts)
    return this.busily(async () => {
      const taken = takeGradients(this.model, this.bound(), starts, null)
      const data = await Promise.all(taken.gradients.map((gradient) => gradient.data<'float32'>()))
      this.backend.tf.dispose([...taken.gradients, ...(taken.moving ? [taken.moving] : [])])
      const [loss = 0] = await this.consume(taken.sums)
      return { loss: loss * scale, gradients: new Map(this.trained.parameters.map(({ name, shape }, i) => [name, { shape, data: Float32Array.from(data[i]!) }])) }
    })
  }

  async evaluate(starts: Int32Array): Promise<StepResult> {
    const { tf } = this.backend
    const lines = this.bound()
    this.assertIdle()
    lines.check(starts)
    const labels = lines.labelCount(starts)
    const scale = labels > 0 ? 1 / labels : 0
    return this.busily(async () => {
      let [loss, hits] = [0, 0]
      for (const chunk of this.chunks(starts)) {
        const [own = 0, right = 0] = await this.consume(infer(this.model, lines, chunk, (logits, labels) => lossOf(tf, this.spec, logits, labels).sums))
        loss += own
        hits += right
      }
      return { loss: loss * scale, accuracy: hits * scale }
    })
  }

  async predict(starts: Int32Array): Promise<Float32Array> {
    const { tf } = this.backend
    const lines = this.bound()
    this.assertIdle()
    lines.check(starts)
    const size = this.spec.window * outputCount(this.spec)
    const result = new Float32Array(starts.length * size)
    return this.busily(async () => {
      let done = 0
      for (const chunk of this.chunks(starts)) {
        result.set(await this.consume(infer(this.model, lines, chunk, (logits) => tf.transpose(probabilities(tf, this.spec, logits), [1, 0, 2]))), done)
        done += chunk.length * size
      }
      return result
    })
  }

  async dispose(): Promise<void> {
    if (this.disposed) return
    this.disposed = true
    for (const tensors of [this.trained, this.untrained, this.moments?.first, this.moments?.second]) tensors?.dispose()
  }

  private async consume(values: TfTensor): Promise<Float32Array> {
    const data = await values.data<'float32'>()
    values.dispose()
    return data
  }

  private *chunks(starts: Int32Array): Generator<Int32Array> {
    const { batch } = this.options
    for (let from = 0; from < starts.length; from += batch) yield starts.subarray(from, from + batch)
  }

  private async busily<T>(work: () => Promise<T>): Promise<T> {
    this.busy = true
    try {
      return await work()
    } finally {
      this.busy = false
    }
  }

  private bound(): BoundLines {
    if (!this.lines) throw new AuditweaveError('engine-no-lines', 'The network has no lines yet: call bind() before it computes.')
    return this.lines
  }

  private assertBatch(starts: Int32Array): { readonly scale: number } {
    this.assertIdle()
    const lines = this.bound()
    lines.check(starts)
    if (starts.length === 0 || starts.length > this.options.batch) {
      throw new AuditweaveError('batch-size', `A batch of ${starts.length} windows was asked for; this network takes 1 to ${this.options.batch}.`)
    }
    const labels = lines.labelCount(starts)
    return { scale: labels > 0 ? 1 / labels : 0 }
  }

  private assertIdle(): void {
    if (this.disposed) throw new AuditweaveError('engine-disposed', 'The network was disposed of: create a new one.')
    if (this.busy) throw new AuditweaveError('engine-busy', 'The network is computing: await the running call first.')
  }

  private assertTraining(): { readonly first: FlatTensors; readonly second: FlatTensors } {
    if (this.moments) return this.moments
    throw new AuditweaveError('engine-inference-only', 'The network was created for inference only: create it without inferenceOnly to train.')
  }
}
