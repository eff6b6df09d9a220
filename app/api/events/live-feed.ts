import { findDataset, listDatasets } from '@/lib/store/datasets'
import { listEpochs } from '@/lib/store/epochs'
import { newestLabel } from '@/lib/store/labelling/labels-since'
import { findAlert } from '@/lib/store/live/alerts'
import { getReconstruction } from '@/lib/store/reconstructions'
import { getRun, listRuns, runningCounts } from '@/lib/store/runs'
import { runLine } from '@/components/runs/run-line'
import type { EventStream } from './event-stream'

const GATHER_MS = 200
const POLL_MS = 8_000
/** More changes than this in one gathering are answered with "read the list again". */
const MANY = 40

/** Turns notifications into messages: `snapshot`, `run`, `runs-changed`, `dataset`, `labels`, `reconstruction`, `epochs`, `counts`, `live`, `alert`. */
export class LiveFeed {
  readonly #stream: EventStream
  readonly #watched: string | null
  #lastEpoch: number
  #runs = new Set<string>()
  #datasets = new Set<string>()
  #labelled = new Set<string>()
  #reconstructions = new Set<string>()
  #alerts = new Set<string>()
  #live = false
  #timer: NodeJS.Timeout | null = null
  #sending: Promise<void> = Promise.resolve()

  constructor(stream: EventStream, watched: string | null, lastEpoch: number) {
    this.#stream = stream
    this.#watched = watched
    this.#lastEpoch = lastEpoch
  }

  /** Sends the snapshot, then repeats what may have been missed now and then. Returns the way to stop. */
  start(): () => void {
    this.#queue(() => this.#snapshot())
    const poll = setInterval(() => this.#queue(() => this.#snapshot()), POLL_MS)
    return () => {
      clearInterval(poll)
      if (this.#timer) clearTimeout(this.#timer)
    }
  }

  runChanged(id: string): void {
    this.#runs.add(id)
    this.#gather()
  }

  datasetChanged(id: string): void {
    this.#datasets.add(id)
    this.#gather()
  }

  labelsChanged(datasetId: string): void {
    this.#labelled.add(datasetId)
    this.#gather()
  }

  reconstructionChanged(id: string): void {
    this.#reconstructions.add(id)
    this.#gather()
  }

  alertChanged(id: string): void {
    this.#alerts.add(id)
    this.#gather()
  }

  /** What comes in live has changed; whoever shows it asks for what is new. */
  liveChanged(): void {
    this.#live = true
    this.#gather()
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#queue(() => this.#flush())
    }, GATHER_MS)
  }

  /** One reading at a time, so that messages keep their order; a failing one ends the stream and the browser comes back. */
  #queue(work: () => Promise<void>): void {
    this.#sending = this.#sending.then(async () => {
      if (!this.#stream.closed) await work()
    }).catch(() => this.#stream.close())
  }

  async #snapshot(): Promise<void> {
    const [counts, active, datasets] = await Promise.all([runningCounts(), listRuns({ state: ['queued', 'running'], sort: 'number', limit: 200 }), listDatasets()])
    const imports = datasets.filter((dataset) => dataset.state === 'importing')
    this.#stream.send('snapshot', { counts, active: active.rows.map(runLine), imports: imports.map(({ id, name, state, progress, error }) => ({ id, name, state, progress, error })) })
    await this.#sendEpochs()
  }

  async #flush(): Promise<void> {
    const [runs, datasets, labelled, reconstructions] = [this.#runs, this.#datasets, this.#labelled, this.#reconstructions].map(drain) as [string[], string[], string[], string[]]
    if (runs.length > MANY) this.#stream.send('runs-changed', {})
    else for (const id of runs) await this.#sendRun(id)
    if (runs.length > 0) this.#stream.send('counts', await runningCounts())
    for (const id of datasets) await this.#sendDataset(id)
    for (const id of labelled) await this.#sendLabels(id)
    for (const id of reconstructions) await this.#sendReconstruction(id)
    for (const id of drain(this.#alerts)) await this.#sendAlert(id)
    if (this.#live) this.#stream.send('live', {})
    this.#live = false
    if (this.#watched !== null && runs.includes(this.#watched)) await this.#sendEpochs()
  }

  async #sendRun(id: string): Promise<void> {
    const run = await getRun(id)
    if (run) this.#stream.send('run', runLine(run))
    else this.#stream.send('run-gone', { id })
  }

  async #sendDataset(id: string): Promise<void> {
    const dataset = await findDataset(id)
    if (!dataset) return this.#stream.send('dataset-gone', { id })
    const { name, state, progress, error } = dataset
    this.#stream.send('dataset', { id, name, state, progress, error })
  }

  async #sendLabels(dataset: string): Promise<void> {
    const found = await newestLabel(dataset)
    if (found) this.#stream.send('labels', { dataset, ...found })
  }

  async #sendReconstruction(id: string): Promise<void> {
    const found = await getReconstruction(id)
    if (found) this.#stream.send('reconstruction', { id, dataset: found.datasetId, state: found.state, progress: found.progress })
  }

  async #sendAlert(id: string): Promise<void> {
    const alert = await findAlert(id)
    if (alert) this.#stream.send('alert', alert)
  }

  async #sendEpochs(): Promise<void> {
    if (this.#watched === null) return
    const epochs = await listEpochs(this.#watched, { afterEpoch: this.#lastEpoch })
    const last = epochs.at(-1)
    if (!last) return
    this.#lastEpoch = last.epoch
    this.#stream.send('epochs', { run: this.#watched, epochs }, last.epoch)
  }
}

function drain(ids: Set<string>): string[] {
  const all = [...ids]
  ids.clear()
  return all
}
