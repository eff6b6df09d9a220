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
import { FoldedDense } from './layers/folded-dense'
import { Head } from './layers/head'
import { LayerNorm } from './layers/layer-norm'
import { LANES, ROW } from './layers/layer'
import type { BuildContext, FoldJob, Layer, PackJob, ParameterPlace, Signal } from './layers/layer'

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
  /** The layers as inference goes through them. */
  readonly inferring: readonly Pick<Layer, 'forward'>[]
  readonly packs: readonly (PackJob | FoldJob)[]
  readonly head: Head
  readonly input: Signal
  /** Whether lines are 16-bit codes, [steps][features][LANES] at the input, not 32-bit values. */
  readonly coded: boolean
  /** Numbers that the kernels read, written once. */
  readonly constants: readonly { readonly address: number; values(): readonly number[] }[]
  /** Addresses: the barrier's two words, the counters of shards taken in each part of a walk, and the first lines of the batch's windows. */
  readonly control: number
  readonly claims: number
  readonly parts: number
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
  /** For each layer that is added again later, the last one that does. */
  private readonly lastAdds: ReadonlyMap<number, number>
  private readonly places = new Map<string, ParameterPlace>()

  constructor(readonly spec: NetworkSpec, readonly size: GraphSize) {
    const shared = new Arena(MEMORY_START)
    const shard = new Arena(0)
    const thread = new Arena(0)
    const { training } = size
    this.shards = Math.ceil(size.batch / LANES)
    this.parameters = networkParameters(spec)
    this.control = shared.bytes(64)
    this.parts = 1 + 2 * spec.layers.filter(({ kind }) => kind === 'batchNorm').length
    this.claims = shared.words(this.parts)
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
    this.lastAdds = new Map(spec.layers.flatMap((layer, index): [number, number][] => (layer.kind === 'add' ? [[layer.from, index]] : [])))
    this.layers = this.buildLayers(context)
    const folded = this.fold(context)
    this.inferring = folded ? [folded.layer, ...this.layers.slice(folded.replaces)] : this.layers
    this.packs = [...this.layers.flatMap(({ packs }) => packs), ...(folded?.layer.packs ?? [])]
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
    const outputs: Signal[] = []
    const built: Layer[] = []
    this.spec.layers.forEach((layer, index) => {
      const own = this.build(context, layer, index, built.at(-1)?.output ?? this.input, outputs)
      built.push(own)
      outputs.push(own.output)
      if (this.lastAdds.has(index)) built.push(new Fork(context, own.output))
    })
    return built
  }

  /** An embedding, dropouts that do nothing at inference and a dense layer become one, unless a value between them is added later. */
  private fold(context: BuildContext): { readonly layer: FoldedDense; readonly replaces: number } | null {
    const { layers } = this.spec
    const [first] = layers
    const index = layers.findIndex(({ kind }) => !['embedding', 'dropout', 'featureDropout'].includes(kind))
    const dense = this.layers[index]
    if (first?.kind !== 'embedding' || !(dense instanceof Dense) || !FoldedDense.pays(first, dense.output.width)) return null
    return { layer: new FoldedDense(context, first, dense, index, this.input.values), replaces: index + 1 }
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
    return new Add(context, input, other, this.lastAdds.get(from) === index ? 'nothing' : 'gradient')
  }
}
