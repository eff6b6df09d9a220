import type { EndedEarly, EpochRow, ExecuteDeps } from './execute-types'

/** Asks at the end of each epoch whether a training should go on, and remembers why it should not. */
export class EarlyEnd {
  reason: EndedEarly | null = null
  readonly #deps: Pick<ExecuteDeps, 'shouldEnd'>

  constructor(deps: Pick<ExecuteDeps, 'shouldEnd'>) {
    this.#deps = deps
  }

  readonly ask = async (row: EpochRow): Promise<boolean> => {
    this.reason = await this.#deps.shouldEnd?.(row) ?? null
    return this.reason !== null
  }
}
