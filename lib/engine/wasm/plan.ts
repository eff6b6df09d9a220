import type { Layer, Meeting, Pass, Shard } from './layers/layer'

type Step = (pass: Pass, shard: Shard) => void

/** Steps that a shard goes through without regard to others; before them, what all threads meet for. */
export interface Part {
  readonly combine: Meeting['combine'] | null
  readonly steps: readonly Step[]
}

/** What attributions do beside the layers. */
export interface AttributionSteps { readonly interpolate: Step; readonly target: Step; readonly sum: Step }

/** Cuts a walk through the layers into parts at the layers' meetings. */
export class Plan {
  private readonly parts: { combine: Meeting['combine'] | null; steps: Step[] }[] = []
  private steps: Step[]

  /** @param load fills a shard with its windows */
  constructor(load: Step) {
    this.steps = [load]
    this.parts.push({ combine: null, steps: this.steps })
  }

  infer(layers: readonly Pick<Layer, 'forward'>[], end: Step): Part[] {
    this.forward(layers)
    this.steps.push(end)
    return this.parts
  }

  train(layers: readonly Layer[], loss: Step): Part[] {
    for (const layer of layers) {
      this.meet(layer.meetings?.forward)
      this.forward([layer])
    }
    this.steps.push(loss)
    for (const layer of layers.toReversed()) {
      this.meet(layer.meetings?.backward)
      this.backward([layer])
    }
    return this.parts
  }

  /** @param before layers that come before the interpolation */
  attribute(layers: readonly Layer[], { interpolate, target, sum }: AttributionSteps, before: number): Part[] {
    this.forward(layers.slice(0, before))
    this.steps.push(interpolate)
    this.forward(layers.slice(before))
    this.steps.push(target)
    this.backward(layers.toReversed())
    this.steps.push(sum)
    return this.parts
  }

  private forward(layers: readonly Pick<Layer, 'forward'>[]): void {
    for (const layer of layers) this.steps.push((pass, shard) => layer.forward(pass, shard))
  }

  private backward(layers: readonly Layer[]): void {
    for (const layer of layers) this.steps.push((pass, shard) => layer.backward(pass, shard))
  }

  private meet(meeting: Meeting | undefined): void {
    if (!meeting) return
    this.steps.push((pass, shard) => meeting.prepare(pass, shard))
    this.steps = []
    this.parts.push({ combine: (pass) => meeting.combine(pass), steps: this.steps })
  }
}
