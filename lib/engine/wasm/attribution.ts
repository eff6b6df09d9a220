import { AuditweaveError } from '@/lib/audit/errors'
import { headSizes } from '../spec'
import type { Network, NetworkSpec } from '../types'
import type { Graph } from './graph'
import { LANES } from './layers/layer'
import { firstRows } from './layers/embedding'
import type { LineBinding } from './line-binding'

export type Target = Parameters<NonNullable<Network['attributions']>>[1]
export type Way = Parameters<NonNullable<Network['attributions']>>[2]

const wrong = (what: string): AuditweaveError => new AuditweaveError(
  'invalid-attribution', `The attributions cannot be computed: ${what}. Ask for what the network has.`,
)

const below = (value: number, limit: number, what: string): void => {
  if (!Number.isInteger(value) || value < 0 || value >= limit) throw wrong(`${what} is ${value}, and must be a whole number below ${limit}`)
}

/** @throws AuditweaveError 'invalid-attribution' */
export function checkAttribution(spec: NetworkSpec, target: Target, { baseline, points }: Way): void {
  below(target.step, spec.window, 'the step')
  below(target.head, spec.heads, 'the head')
  below(target.class, headSizes(spec)[target.head] ?? 0, 'the class')
  if (!Number.isSafeInteger(points) || points < 1) throw wrong(`the number of points is ${points} and must be a whole number above 0`)
  if (baseline.length !== spec.features) throw wrong(`the baseline has ${baseline.length} values for ${spec.features} features`)
  const [first] = spec.layers
  baseline.forEach((value, feature) => {
    if (first?.kind === 'embedding') below(value, first.sizes[feature] ?? 0, `feature ${feature} of the baseline`)
    else if (!Number.isFinite(value)) throw wrong(`feature ${feature} of the baseline is ${value}`)
  })
}

/** The way from a baseline to a window in the space where gradients are taken: features, or their learnt vectors. */
export class AttributionWay {
  /** Values of one line in that space: `perFeature` for each feature. */
  private readonly perFeature: number
  private readonly sums: Float64Array

  constructor(private readonly graph: Graph, private readonly memory: WebAssembly.Memory, private readonly lines: LineBinding, private readonly start: number) {
    const { spec, interpolated } = graph
    this.perFeature = interpolated.width / spec.features
    this.sums = new Float64Array(spec.window * interpolated.width)
  }

  /** Writes the baseline's values to where the kernels read them. */
  writeBaseline(baseline: Float32Array): void {
    new Float32Array(this.memory.buffer, this.graph.baseline, this.graph.interpolated.width).set(this.place(baseline))
  }

  /** Takes in the gradients of a batch of points, summed over each shard's lanes by the threads. */
  add(points: number): void {
    const { graph, sums } = this
    for (let shard = 0; shard * LANES < points; shard++) {
      const address = graph.firstShard + shard * graph.shardStride + (graph.interpolated.gradient ?? 0)
      new Float32Array(this.memory.buffer, address, sums.length).forEach((value, i) => { sums[i] = (sums[i] ?? 0) + value })
    }
  }

  /** Mean gradient times the way, summed over a feature's values: [W * F]. */
  attributions(baseline: Float32Array, points: number): Float32Array {
    const { spec, interpolated } = this.graph
    const result = new Float32Array(spec.window * spec.features)
    const from = this.place(baseline)
    for (let step = 0; step < spec.window; step++) {
      const to = this.place(this.lines.featuresOf(this.start + step))
      for (let feature = 0; feature < spec.features; feature++) {
        let sum = 0
        for (let at = feature * this.perFeature; at < (feature + 1) * this.perFeature; at++) {
          sum += (this.sums[step * interpolated.width + at] ?? 0) * ((to[at] ?? 0) - (from[at] ?? 0))
        }
        result[step * spec.features + feature] = sum / points
      }
    }
    return result
  }

  /** One line in the space where gradients are taken. */
  private place(features: ArrayLike<number>): Float32Array {
    const { graph, perFeature } = this
    const [first] = graph.spec.layers
    if (first?.kind !== 'embedding') return Float32Array.from(features)
    const table = graph.place('layer0/table').weights
    const rows = firstRows(first.sizes)
    const result = new Float32Array(graph.interpolated.width)
    rows.forEach((row, feature) => {
      const address = table + (row + (features[feature] ?? 0)) * perFeature * 4
      result.set(new Float32Array(this.memory.buffer, address, perFeature), feature * perFeature)
    })
    return result
  }
}
