import { networkParameters, sizeOf } from '../spec'
import type { Parameter } from '../spec'
import type { LayerSpec, NetworkSpec } from '../types'
import { Arena } from './arena'
import { MEMORY_START } from './kernels'
import { BatchNorm } from './layers/batch-norm'
import { BiLstm } from './layers/bilstm'
import { Dense } from './layers/dense'
import { Dropout } from './layers/dropout'
import { Head } from './layers/head'
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
  /** Addresses: the barrier's two words, and the first lines of the batch's windows. */
  readonly control: number
  readonly starts: number
  /** Weights that are trained, and Adam's moments beside them: `trainedBytes` each. */
  readonly weights: number
  readonly first: number
  readonly second: number
  readonly trainedBytes: number
  /** Offsets in a shard: the gradients (laid out as the weights) and the lanes in use. */
  readonly gradients: number
  readonly mask: number
  readonly shards: number
  readonly firstShard: number
  readonly shardStride: number
  readonly firstScratch: number
  readonly scratchStride: number
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
    this.trainedBytes = this.parameters.reduce((sum, parameter) => sum + (parameter.trained ? align(sizeOf(parameter.shape) * 4) : 0), 0)
    this.weights = shared.bytes(this.trainedBytes)
    this.first = training ? shared.bytes(this.trainedBytes) : 0
    this.second = training ? shared.bytes(this.trainedBytes) : 0
    this.gradients = training ? shard.bytes(this.trainedBytes) : 0
    this.mask = shard.bytes(ROW)
    this.placeParameters(shared)
    let packedRows = 0
    const context: BuildContext = {
      shared, shard, thread, steps: spec.window, training, place: (name) => this.place(name),
      packRows: (rows) => { packedRows = Math.max(packedRows, rows) },
    }
    const values = shard.bytes(spec.features * ROW * spec.window)
    this.input = { width: spec.features, values, inferred: values, gradient: null }
    let signal = this.input
    this.layers = spec.layers.map((layer, index) => {
      const built = this.build(context, layer, index, signal)
      signal = built.output
      return built
    })
    this.head = new Head(context, spec, signal)
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

  private build(context: BuildContext, layer: LayerSpec, index: number, input: Signal): Layer {
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
    }
  }
}
