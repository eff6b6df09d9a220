import { ApiError } from '@/components/live/call-api'
import { startLogWorker, type LogClient } from './log-client'
import { EMPTY_LOG, nextLogState, type LogAction, type LogState } from './log-state'
import { DEFAULT_MODEL, ModelFetch, NO_MODEL } from './model-choice'
import type { Progress } from './protocol'

/** How long the links' labels may wait for a model that is still on its way, in milliseconds. */
const MODEL_WAIT_MS = 300

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'The log could not be read.')
const isCancelled = (error: unknown): boolean => error instanceof ApiError && error.code === 'cancelled'

/**
 * The log in the worker, and what is known of it. It outlives the page that shows it, so that a look at another room, or
 * training a model, does not cost the log; a reload does.
 */
export class LogStore {
  #state: LogState = EMPTY_LOG
  #client: LogClient | null = null
  #choice = DEFAULT_MODEL
  #labelled: string | null = null
  #stop: AbortController | null = null
  readonly #changes = new Set<() => void>()

  readonly state = (): LogState => this.#state

  readonly subscribe = (change: () => void): (() => void) => {
    this.#changes.add(change)
    return () => this.#changes.delete(change)
  }

  get client(): LogClient | null {
    return this.#client
  }

  /** Reads a log in place of any other, then lets the chosen model label it; the model is fetched meanwhile. */
  async read(source: Blob, name: string): Promise<void> {
    this.clear()
    const client = startLogWorker()
    this.#client = client
    this.#act({ kind: 'read', name })
    const model = new ModelFetch(this.#choice)
    try {
      const log = await client.call('load', { source }, { progress: this.#onProgress(client) })
      await Promise.race([model.settled(), new Promise((resolve) => { setTimeout(resolve, MODEL_WAIT_MS) })])
      if (this.#client !== client) return
      // Asked before the page draws the contexts, so that the worker is not kept waiting by that.
      const labelling = this.#label(client, model.choice === this.#choice ? model : null)
      this.#act({ kind: 'loaded', log })
      await labelling
    } catch (error) {
      if (this.#client === client) this.#act({ kind: 'failed', message: textOf(error) })
    }
  }

  /** Which model labels: an id, none, or the default. A log that is there is labelled anew. */
  choose(choice: string): void {
    if (this.#choice === choice) return
    this.#choice = choice
    if (this.#client && this.#state.phase === 'ready' && this.#labelled !== choice) void this.#label(this.#client)
  }

  /** Labels again with the model chosen, after it was stopped or failed. */
  retry(): void {
    if (this.#client) void this.#label(this.#client)
  }

  /** Stops what runs: a reading is given up, a network's labels are left out. */
  cancel(): void {
    if (this.#state.phase === 'reading') this.clear()
    else this.#stop?.abort()
  }

  clear(): void {
    this.#stop?.abort()
    this.#client?.dispose()
    this.#client = null
    this.#labelled = null
    this.#act({ kind: 'clear' })
  }

  async #label(client: LogClient, fetched: ModelFetch | null = null): Promise<void> {
    this.#stop?.abort()
    const stop = new AbortController()
    this.#stop = stop
    this.#labelled = this.#choice
    const mine = (): boolean => this.#client === client && this.#stop === stop
    try {
      if (this.#choice === NO_MODEL) return await this.#unlabel(client, mine, 'none', 'Labels are those that links give.')
      const fetching = fetched ?? new ModelFetch(this.#choice)
      this.#act({ kind: 'label', name: null })
      const files = fetching.ready ?? (await fetching.files)
      if (!files) return await this.#unlabel(client, mine, 'none', this.#choice === DEFAULT_MODEL ? 'No model is stored yet: labels are those that links give. A finished run leaves one.' : 'The model of this address is not here: labels are those that links give. Choose another.')
      if (!mine() || stop.signal.aborted) throw new ApiError('cancelled', 'It was stopped.')
      this.#act({ kind: 'label', name: files.name })
      const model = await client.call('model', files, { transfer: [files.weights, files.engine], signal: stop.signal, progress: this.#onProgress(client) })
      if (mine()) this.#act({ kind: 'labelled', model })
    } catch (error) {
      const [how, note] = isCancelled(error) ? (['stopped', 'The network was stopped: labels are those that links give.'] as const) : (['failed', `The model could not label these lines: ${textOf(error)} Labels are those that links give.`] as const)
      await this.#unlabel(client, mine, how, note)
    }
  }

  async #unlabel(client: LogClient, mine: () => boolean, labelling: 'none' | 'stopped' | 'failed', note: string): Promise<void> {
    if (!mine()) return
    const labels = await client.call('unlabel', {})
    if (mine()) this.#act({ kind: 'unlabelled', labels, labelling, note })
  }

  #onProgress(client: LogClient): (progress: Progress) => void {
    return ({ phase, ...how }) => {
      if (this.#client === client && phase !== 'explaining') this.#act({ kind: 'progress', progress: { phase, ...how } })
    }
  }

  #act(action: LogAction): void {
    const next = nextLogState(this.#state, action)
    if (next === this.#state) return
    this.#state = next
    for (const change of this.#changes) change()
  }
}

export const logStore = new LogStore()
