import { ApiError } from '@/components/live/call-api'
import { WorkerClient } from '@/components/worker/worker-client'
import { keepBrowserModel } from './browser-models'
import { fetchKernels, fetchPart } from './fetch-kernels'
import type { TrainCalls, TrainChoice, TrainProgress } from './train-protocol'
import { NO_TRAINING, nextTrainState, type TrainAction, type TrainState } from './train-state'

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'Training failed. Load the page again.')

/** Training in its worker, and what is known of it. It goes on while other rooms are looked at. */
export class TrainStore {
  #state: TrainState = NO_TRAINING
  #client: WorkerClient<TrainCalls, TrainProgress> | null = null
  #stop: AbortController | null = null
  readonly #changes = new Set<() => void>()

  readonly state = (): TrainState => this.#state

  readonly subscribe = (change: () => void): (() => void) => {
    this.#changes.add(change)
    return () => this.#changes.delete(change)
  }

  /** Reads a log with its truth in place of any other. */
  async load(log: Blob, truth: Blob, name: string): Promise<void> {
    this.#client?.dispose()
    this.#client = new WorkerClient<TrainCalls, TrainProgress>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'training' }))
    this.#act({ kind: 'read' })
    await this.#attempt(async (client, options) => this.#act({ kind: 'loaded', log: await client.call('load', { log, truth, name }, options) }))
  }

  /** One of the logs that ship with their truth. */
  async loadShipped(name: string): Promise<void> {
    this.#client?.dispose()
    this.#client = null
    this.#act({ kind: 'read' })
    try {
      const [log, truth] = await Promise.all(['audit', 'truth'].map(async (part) => (await fetchPart(`/api/sample?log=${name}&part=${part}`)).blob()))
      if (log && truth) await this.load(log, truth, name)
    } catch (error) {
      this.#act({ kind: 'failed', message: textOf(error) })
    }
  }

  /** Trains, anew or from where it was stopped, then scores what was learnt. */
  async train(choice: TrainChoice, proceed: boolean): Promise<void> {
    this.#act({ kind: 'train', choice, proceed })
    await this.#attempt(async (client, options) => {
      const kernels = await fetchKernels()
      const end = await client.call('train', { choice, kernels, proceed }, { ...options, transfer: [kernels] })
      this.#act({ kind: 'ended', end })
      if (!end.stopped) await this.#finish(client)
    })
  }

  /** Ends training at its next step; what whole epochs taught stays. */
  stop(): void {
    this.#stop?.abort()
  }

  /** Makes a model of what was learnt so far. */
  async finish(): Promise<void> {
    this.#act({ kind: 'scoring' })
    await this.#attempt((client) => this.#finish(client))
  }

  async #finish(client: WorkerClient<TrainCalls, TrainProgress>): Promise<void> {
    const files = await client.call('finish', {}, { progress: (progress) => this.#act({ kind: 'progress', progress }) })
    const kept = await keepBrowserModel({ name: files.name, manifest: files.manifest, weights: files.weights, created: new Date().toISOString() })
    this.#act({ kind: 'done', files, kept })
  }

  async #attempt(work: (client: WorkerClient<TrainCalls, TrainProgress>, options: { signal: AbortSignal; progress: (progress: TrainProgress) => void }) => Promise<void>): Promise<void> {
    const client = this.#client
    if (!client) return
    const stop = new AbortController()
    this.#stop = stop
    try {
      await work(client, { signal: stop.signal, progress: (progress) => this.#client === client && this.#act({ kind: 'progress', progress }) })
    } catch (error) {
      if (this.#client === client) this.#act({ kind: 'failed', message: error instanceof ApiError && error.code === 'cancelled' ? 'Reading was stopped. Choose a log again.' : textOf(error) })
    }
  }

  #act(action: TrainAction): void {
    this.#state = nextTrainState(this.#state, action)
    for (const change of this.#changes) change()
  }
}

export const trainStore = new TrainStore()
