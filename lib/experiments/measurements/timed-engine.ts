import type { Engine, Network } from '@/lib/engine/types'

/** An engine whose networks tell how long they predict; the rest is the engine's own. */
export class TimedEngine implements Engine {
  readonly name: string
  readonly description: string
  /** When the last network stood, in `performance.now()`'s milliseconds. */
  ready = 0
  /** Milliseconds of `predict` since then. */
  predicting = 0
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
    this.name = engine.name
    this.description = engine.description
  }

  async create(...given: Parameters<Engine['create']>): Promise<Network> {
    const network = await this.#engine.create(...given)
    const predict = network.predict.bind(network)
    network.predict = async (starts) => {
      const begun = performance.now()
      const answer = await predict(starts)
      this.predicting += performance.now() - begun
      return answer
    }
    this.reset()
    return network
  }

  /** Begins anew. */
  reset(): void {
    this.ready = performance.now()
    this.predicting = 0
  }
}
