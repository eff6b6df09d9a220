import { AuditweaveError } from '@/lib/audit/errors'
import { initialWeights } from '../initial-weights'
import { hashKey } from '../random'
import type { EngineOptions, LineMatrix, Network, OptimizerState, StepResult, Weights } from '../types'
import { AttributionWay, checkAttribution } from './attribution'
import type { Target, Way } from './attribution'
import type { Crew } from './crew'
import type { Command } from './executor'
import type { Graph } from './graph'
import { LANES } from './layers/layer'
import { LineBinding } from './line-binding'
import { adamRate } from './optimizer'
import { readTensors, writeTensors } from './tensors'

/** A command as the network writes it: where the lines are is filled in on the way. */
type Order = Command extends infer C ? (C extends Command ? Omit<C, 'windows' | 'features' | 'labels' | 'weightsVersion'> : never) : never

/** What a network keeps of the options that it was created with. */
type NetworkOptions = Pick<EngineOptions, 'seed' | 'clipNorm'>

/** A network whose memory is a WebAssembly memory and whose work a crew does. */
export class WasmNetwork implements Network {
  readonly spec
  private lines: LineBinding | null = null
  private weightsVersion = 0
  private steps = 0
  private busy = false
  private disposed = false

  constructor(
    private readonly graph: Graph, private readonly memory: WebAssembly.Memory,
    private readonly crew: Crew, private readonly options: NetworkOptions,
  ) {
    this.spec = graph.spec
    for (const { address, values } of graph.constants) {
      const numbers = values()
      new Int32Array(memory.buffer, address, numbers.length).set(numbers)
    }
    this.setWeights(initialWeights(graph.spec, options.seed))
  }

  bind(lines: LineMatrix): void {
    this.assertIdle()
    this.lines = new LineBinding(this.spec, lines, this.memory, this.graph.end)
  }

  weights(): Weights {
    this.assertIdle()
    return readTensors(this.memory.buffer, this.graph.parameters, (name) => this.graph.place(name).weights)
  }

  setWeights(weights: Weights): void {
    this.assertIdle()
    writeTensors(this.memory.buffer, this.graph.parameters, (name) => this.graph.place(name).weights, weights)
    this.weightsVersion++
  }

  optimizer(): OptimizerState {
    this.assertIdle()
    this.assertTraining()
    const moments = (base: number): Weights => readTensors(this.memory.buffer, this.trained(), (name) => this.momentAt(base, name))
    return { step: this.steps, first: moments(this.graph.first), second: moments(this.graph.second) }
  }

  setOptimizer({ step, first, second }: OptimizerState): void {
    this.assertIdle()
    this.assertTraining()
    writeTensors(this.memory.buffer, this.trained(), (name) => this.momentAt(this.graph.first, name), first)
    writeTensors(this.memory.buffer, this.trained(), (name) => this.momentAt(this.graph.second, name), second)
    this.steps = step
  }

  async step(starts: Int32Array, learningRate: number, dropoutKey: number): Promise<StepResult> {
    this.assertTraining()
    const labels = this.labelCount(starts)
    const scale = labels > 0 ? 1 / labels : 0
    const rate = adamRate(learningRate, this.steps + 1)
    const [loss, hits] = await this.run(starts, { kind: 'train', scale, rate, dropoutKey: hashKey(this.options.seed, dropoutKey), clipNorm: this.options.clipNorm ?? null })
    this.steps++
    this.weightsVersion++
    return { loss: loss * scale, accuracy: hits * scale }
  }

  async gradients(starts: Int32Array): Promise<{ readonly loss: number; readonly gradients: Weights }> {
    this.assertTraining()
    const labels = this.labelCount(starts)
    const scale = labels > 0 ? 1 / labels : 0
    const [loss] = await this.run(starts, { kind: 'gradients', scale })
    const { graph } = this
    const gradients = readTensors(this.memory.buffer, this.trained(), (name) => graph.firstShard + graph.place(name).gradient)
    return { loss: loss * scale, gradients }
  }

  async evaluate(starts: Int32Array): Promise<StepResult> {
    const labels = this.labelCount(starts)
    const scale = labels > 0 ? 1 / labels : 0
    let sums: readonly [number, number] = [0, 0]
    for (const chunk of this.chunks(starts)) {
      const [loss, hits] = await this.run(chunk, { kind: 'evaluate' })
      sums = [sums[0] + loss, sums[1] + hits]
    }
    return { loss: sums[0] * scale, accuracy: sums[1] * scale }
  }

  async predict(starts: Int32Array): Promise<Float32Array> {
    const { graph } = this
    const size = this.spec.window * graph.head.outputs
    const result = new Float32Array(starts.length * size)
    let done = 0
    for (const chunk of this.chunks(starts)) {
      await this.run(chunk, { kind: 'predict' })
      for (let shard = 0; shard * LANES < chunk.length; shard++) {
        const windows = Math.min(LANES, chunk.length - shard * LANES)
        const address = graph.firstShard + shard * graph.shardStride + graph.head.probabilities
        result.set(new Float32Array(this.memory.buffer, address, windows * size), done)
        done += windows * size
      }
    }
    return result
  }

  async attributions(start: number, target: Target, way: Way): Promise<Float32Array> {
    this.assertIdle()
    this.assertTraining()
    checkAttribution(this.spec, target, way)
    const lines = this.bound()
    lines.check(Int32Array.of(start))
    const integral = new AttributionWay(this.graph, this.memory, lines, start)
    integral.writeBaseline(way.baseline)
    const size = this.graph.shards * LANES
    for (let first = 0; first < way.points; first += size) {
      const starts = new Int32Array(Math.min(size, way.points - first)).fill(start)
      await this.run(starts, { kind: 'attribute', target, first, points: way.points })
      integral.add(starts.length)
    }
    return integral.attributions(way.baseline, way.points)
  }

  async dispose(): Promise<void> {
    this.disposed = true
    await this.crew.dispose()
  }

  private trained() {
    return this.graph.parameters.filter((parameter) => parameter.trained)
  }

  /** Moments are laid out as the weights are. */
  private momentAt(base: number, name: string): number {
    return base + this.graph.place(name).weights - this.graph.weights
  }

  private *chunks(starts: Int32Array): Generator<Int32Array> {
    const size = this.graph.shards * LANES
    for (let from = 0; from < starts.length; from += size) yield starts.subarray(from, from + size)
  }

  private bound(): LineBinding {
    if (!this.lines) throw new AuditweaveError('engine-no-lines', 'The network has no lines yet: call bind() before it computes.')
    return this.lines
  }

  private labelCount(starts: Int32Array): number {
    this.bound().check(starts)
    return this.bound().labelCount(starts)
  }

  /** Runs one batch; gives the summed loss and hits over shards in their order. */
  private async run(starts: Int32Array, order: Order): Promise<readonly [loss: number, hits: number]> {
    this.assertIdle()
    const { graph } = this
    const lines = this.bound()
    lines.check(starts)
    if (starts.length === 0 || starts.length > graph.shards * LANES) {
      throw new AuditweaveError('batch-size', `A batch of ${starts.length} windows was asked for; this network takes 1 to ${graph.size.batch}.`)
    }
    new Int32Array(this.memory.buffer, graph.starts, starts.length).set(starts)
    new Int32Array(this.memory.buffer, graph.claims, graph.parts).fill(0)
    this.busy = true
    try {
      await this.crew.run({
        ...order, windows: starts.length, features: lines.features, labels: lines.labels, weightsVersion: this.weightsVersion,
      })
    } finally {
      this.busy = false
    }
    return this.results(starts.length)
  }

  private results(windows: number): readonly [number, number] {
    const { graph } = this
    let loss = 0
    let hits = 0
    for (let shard = 0; shard * LANES < windows; shard++) {
      const [own = 0, right = 0] = new Float64Array(this.memory.buffer, graph.firstShard + shard * graph.shardStride + graph.head.result, 2)
      loss += own
      hits += right
    }
    return [loss, hits]
  }

  private assertIdle(): void {
    if (this.disposed) throw new AuditweaveError('engine-disposed', 'The network was disposed of: create a new one.')
    if (this.busy) throw new AuditweaveError('engine-busy', 'The network is computing: await the running call first.')
  }

  private assertTraining(): void {
    if (!this.graph.size.training) throw new AuditweaveError('engine-inference-only', 'The network was created for inference only: create it without inferenceOnly to train.')
  }
}
