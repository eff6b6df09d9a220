import { isAuditweaveError } from '@/lib/audit/errors'
import { loadEngine, type LoadedEngine } from '@/lib/engine/load.node.ts'
import type { Engine } from '@/lib/engine/types'

/** The engine of one run: what an optional engine cannot finish, wasm does. */
export class RunEngine {
  #loaded: Pick<LoadedEngine, 'engine' | 'notes'>
  readonly #threads: number

  constructor(loaded: Pick<LoadedEngine, 'engine' | 'notes'>, threads: number) {
    this.#loaded = loaded
    this.#threads = threads
  }

  get engine(): Engine {
    return this.#loaded.engine
  }

  /** Which engine computed and why, fallbacks included. */
  get notes(): readonly string[] {
    return this.#loaded.notes
  }

  /**
   * Does `work`; where an engine other than wasm breaks down in it (its device is lost, its memory full), does it once more on wasm,
   * which should go on from what was kept. Errors that are the work's own are thrown on.
   */
  async use<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    try {
      return await work(this.engine)
    } catch (error) {
      if (this.engine.name === 'wasm' || !isBreakdown(error)) throw error
      const { engine, notes } = await loadEngine('wasm', { threads: this.#threads })
      const why = error instanceof Error ? error.message : String(error)
      this.#loaded = { engine, notes: [...notes, `${this.engine.name} broke down (${why.split('\n')[0]}); wasm went on from the last checkpoint.`, ...this.notes.slice(1)] }
      return work(engine)
    }
  }
}

/** Our own errors tell what is wrong with data or settings, or that somebody stopped the run; those of an engine begin with "engine". */
function isBreakdown(error: unknown): boolean {
  return !isAuditweaveError(error) || error.code.startsWith('engine')
}
