import { networkParameters, sizeOf } from '../spec'
import type { Parameter } from '../spec'
import type { LayerSpec, NetworkSpec } from '../types'
import { Arena } from './arena'
import { blockCount } from './clip-blocks'
import { MEMORY_START } from './kernels'
import { Add, Fork } from './layers/add'
import { BatchNorm } from './layers/batch-norm'
import { BiLstm } from './layers/bilstm'
import { Dense } from './layers/dense'
import { Dropout } from './layers/dropout'
import { Embedding } from './layers/embedding'
import { FeatureDropout } from './layers/feature-dropout'
import { Head } from './layers/head'
import { LayerNorm } from './layers/layer-norm'
import { LANES, ROW } from './layers/layer'
import type { BuildContext, Layer, ParameterPlace, Signal } from './layers/layer'

/** What a graph's memory depends on; the main thread and every worker build the same graph from it. */
export interface GraphSize {
  readonly batch: number
  readonly threads: number
  readonly training: boolean
}

/** At least what lib/engine/assembly/outer.ts asks for. */
const outerScratchBytes = (rows: number, steps: number): number => (rows + 48) * steps * ROW + 256

const align = (bytes: number): number => Math.ceil(bytes / 64) * 64

/** A network's layers and where all of its memory lies; knows no kernels. */
export class Graph {
  readonly parameters: readonly Parameter[]
  readonly layers: readonly Layer[]
  readonly head: Head
  readonly input: Signal
  /** Whether lines are 16-bit codes, [steps][features][LANES] at the input, not 32-bit values. */
  readonly coded: boolean
  /** Numbers that the kernels read, written once. */
  readonly constants: readonly { readonly address: number; values(): readonly number[] }[]
  /** Addresses: the barrier's two words, and the first lines of the batch's windows. */
  readonly control: number
  readonly starts: number
  /** Weights that are trained, and Adam's moments beside them: `trainedBytes` each. */
  readonly weights: number
  readonly first: number
  readonly second: number
  readonly trainedBytes: number
  /** Bytes of each of them, and the address of the sums of squares that clipping needs. */
  readonly trainedTensors: readonly number[]
  readonly squares: number
  /** Offsets in a shard: the gradients (laid out as the weights) and the lanes in use. */
  readonly gradients: number
  readonly mask: number
  readonly shards: number
  readonly firstShard: number
  readonly shardStride: number
  readonly firstScratch: number
  readonly scratchStride: number
  /** Where attributions interpolate, and the address of the baseline's values there. */
  readonly interpolated: Signal
  readonly baseline: number
  /** Offset in a thread's memory of the room for outerProduct. */
  readonly packing: number
  /** Where the graph's memory ends; the lines follow. */
  readonly end: number
  private readonly places = new Map<string, ParameterPlace>()

  constructor(readonly spec: NetworkSpec, readonly size: GraphSize) {
    const shared = new Arena(MEMORY_START)
    const shard = new Arena(0)
    const thread = new Arena(0)
    const { training } = size
    this.shards = Math.ceil(size.batch / LANES)
    this.parameters = networkParameters(spec)
    this.control = shared.bytes(64)
    this.starts = shared.words(this.shards * LANES)
    this.trainedTensors = this.parameters.filter(({ trained }) => trained).map(({ shape }) => align(sizeOf(shape) * 4))
    this.trainedBytes = this.trainedTensors.reduce((sum, bytes) => sum + bytes, 0)
    this.weights = shared.bytes(this.trainedBytes)
    this.first = training ? shared.bytes(this.trainedBytes) : 0
    this.second = training ? shared.bytes(this.trainedBytes) : 0
    this.squares = training ? shared.bytes(blockCount(this.trainedTensors) * 8) : 0
    this.gradients = training ? shard.bytes(this.trainedBytes) : 0
    this.mask = shard.bytes(ROW)
    this.placeParameters(shared)
    let packedRows = 0
    const constants: { address: number; values(): readonly number[] }[] = []
    const context: BuildContext = {
      shared, shard, thread, steps: spec.window, training, place: (name) => this.place(name),
      constants: (count, values) => {
        const address = shared.words(count)
        constants.push({ address, values })
        return address
      },
      packRows: (rows) => { packedRows = Math.max(packedRows, rows) },
    }
    this.coded = spec.layers[0]?.kind === 'embedding'
    const inputBytes = spec.features * ROW * spec.window
    const values = shard.bytes(inputBytes)
    this.input = { width: spec.features, values, inferred: values, gradient: training && !this.coded ? shard.bytes(inputBytes) : null, leaf: true }
    this.layers = this.buildLayers(context)
    this.interpolated = this.coded ? (this.layers[0]?.output ?? this.input) : this.input
    this.baseline = training ? shared.words(this.interpolated.width) : 0
    this.head = new Head(context, spec, this.layers.at(-1)?.output ?? this.input, this.mask)
    this.constants = constants
    this.packing = training ? thread.bytes(outerScratchBytes(packedRows, spec.window)) : 0
    this.firstShard = shared.end
    this.shardStride = shard.end
    this.firstScratch = this.firstShard + this.shards * this.shardStride
    this.scratchStride = thread.end
    this.end = this.firstScratch + size.threads * this.scratchStride
  }

  /** Trained tensors stand together, so that Adam and the sums over shards run over one stretch. */
  private placeParameters(shared: Arena): void {
    let offset = 0
    for (const { name, shape, trained } of this.parameters) {
      const bytes = sizeOf(shape) * 4
      this.places.set(name, trained ? { weights: this.weights + offset, gradient: this.gradients + offset } : { weights: shared.bytes(bytes), gradient: 0 })
      if (trained) offset += align(bytes)
    }
  }

  place(name: string): ParameterPlace {
    const place = this.places.get(name)
    if (!place) throw new RangeError(`no tensor ${name} in this network`)
    return place
  }

  /** The layers in the order of the definition, with forks where one is added again later. */
  private buildLayers(context: BuildContext): Layer[] {
    const { layers } = this.spec
    const outputs: Signal[] = []
    const built: Layer[] = []
    layers.forEach((layer, index) => {
      const own = this.build(context, layer, index, built.at(-1)?.output ?? this.input, outputs)
      built.push(own)
      outputs.push(own.output)
      if (layers.some((later) => later.kind === 'add' && later.from === index)) built.push(new Fork(context, own.output))
    })
    return built
  }

  private build(context: BuildContext, layer: LayerSpec, index: number, input: Signal, outputs: readonly Signal[]): Layer {
    const prefix = `layer${index}`
    switch (layer.kind) {
      case 'bilstm':
        return new BiLstm(context, layer.units, prefix, input)
      case 'batchNorm':
        return new BatchNorm(context, layer, prefix, input, this.mask)
      case 'dropout':
        return new Dropout(context, layer.rate, index, input)
      case 'dense':
        return new Dense(context, layer, prefix, input)
      case 'embedding':
        return new Embedding(context, layer, prefix, input.values)
      case 'featureDropout':
        return new FeatureDropout(context, layer.rate, index, input)
      case 'layerNorm':
        return new LayerNorm(context, layer.epsilon, prefix, input)
      case 'add':
        return this.buildAdd(context, layer.from, index, input, outputs)
    }
  }

  private buildAdd(context: BuildContext, from: number, index: number, input: Signal, outputs: readonly Signal[]): Add {
    const other = outputs[from]
    if (!other) throw new RangeError(`layer ${index} adds layer ${from}, which is not before it`)
    const again = this.spec.layers.some((later, at) => at > index && later.kind === 'add' && later.from === from)
    return new Add(context, input, other, again ? 'gradient' : 'nothing')
  }
}
