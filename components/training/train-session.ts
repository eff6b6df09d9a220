import { zipSync } from 'fflate'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine } from '@/lib/engine/types'
import type { TrainingLines } from '@/lib/experiments/execute-types'
import { runManifest } from '@/lib/experiments/manifest'
import { runMetrics } from '@/lib/experiments/outcome'
import { prepareRun, type PreparedRun } from '@/lib/experiments/prepare-run'
import type { RunSpec } from '@/lib/experiments/run-spec'
import { evaluateNetwork, fitNetworkConfidence } from '@/lib/model/evaluate'
import { MANIFEST_FILE, serialiseModel, WEIGHTS_FILE } from '@/lib/model/model-file'
import { checkModelName } from '@/lib/model/model-name'
import { getPreset } from '@/lib/model/presets'
import { trainNetwork, type TrainingResult } from '@/lib/model/train'
import { loadLines } from './load-lines'
import { BROWSER_PRESET, browserRun, windowsFor } from './train-plan'
import type { TrainChoice, TrainedFiles, TrainEnd, TrainingLog, TrainProgress } from './train-protocol'

export interface TrainHooks { readonly signal?: AbortSignal; onProgress(progress: TrainProgress): void }

interface Run { readonly choice: TrainChoice; readonly spec: RunSpec; readonly prepared: PreparedRun; readonly engine: Engine; result: TrainingResult | null }

/** One labelled log and the network that is trained on it; lives in a worker. Nothing of either is sent anywhere. */
export class TrainSession {
  #lines: TrainingLines | null = null
  #run: Run | null = null

  /** Throws 'unlabelled-lines', 'wrong-truth' or 'log-too-short', each with what to do. */
  async load(log: Blob, truth: Blob, name: string, { signal, onProgress }: TrainHooks): Promise<TrainingLog> {
    const lines = await loadLines(log, truth, name, { ...(signal ? { signal } : {}), onProgress: (done, total) => onProgress({ kind: 'reading', done, total }) })
    const windows = windowsFor(lines.table.lines)
    // Says what is wrong with the labels before anybody waits for training.
    const { dataset } = prepareRun(browserRun({ name, window: windows[0] ?? 5, epochs: 1, seed: 0 }, lines.table.lines), lines)
    this.#lines = lines
    this.#run = null
    const known = dataset.truth.filter((key) => key !== null)
    return { name, lines: lines.table.lines, labelled: known.length, labels: new Set(known).size, windows }
  }

  /** Trains until the plan's end or an abort; the best weights so far are kept either way. */
  async train(choice: TrainChoice, engine: Engine, { signal, onProgress }: TrainHooks): Promise<TrainEnd> {
    const run = this.#begin(choice, engine)
    const { dataset, split, network, settings } = run.prepared
    const result = await trainNetwork({
      engine, spec: network, lines: dataset.lines, split, settings, resume: run.result?.checkpoint ?? null, ...(signal ? { signal } : {}),
      onEpoch: (record) => onProgress({ kind: 'epoch', record }),
      onProgress: (progress) => onProgress({ kind: 'training', ...progress }),
    })
    run.result = result
    return { stopped: result.stopped === 'aborted', epochs: result.epochs.length, seconds: result.seconds, bestEpoch: result.best?.epoch ?? null }
  }

  /** Forgets what was learnt, so that the next training begins anew. */
  reset(): void {
    this.#run = null
  }

  #begin(choice: TrainChoice, engine: Engine): Run {
    if (this.#run?.result?.checkpoint) return this.#run
    if (!this.#lines) throw new AuditweaveError('no-lines', 'No labelled log is read yet. Choose a log and its truth, or take the sample.')
    checkModelName(choice.name)
    const spec = browserRun(choice, this.#lines.table.lines)
    this.#run = { choice, spec, prepared: prepareRun(spec, this.#lines), engine, result: null }
    return this.#run
  }

  /** Scores what was learnt on the test lines and makes the model folder. */
  async finish({ signal, onProgress }: TrainHooks): Promise<TrainedFiles> {
    const { choice, spec, prepared, engine, result } = this.#run ?? {}
    if (!choice || !spec || !prepared || !engine || !this.#lines || !result?.best) throw new AuditweaveError('nothing-learnt', 'No epoch is over yet, so there is nothing to keep. Train a little longer.')
    const { dataset, split, network: networkSpec, settings } = prepared
    const network = await engine.create(networkSpec, { threads: 1, batch: settings.batch, seed: settings.seed, inferenceOnly: true })
    try {
      network.bind(dataset.lines)
      network.setWeights(result.weights)
      const options = { batch: settings.batch, vote: spec.vote, decode: getPreset(BROWSER_PRESET).inference.decode, ...(signal ? { signal } : {}) }
      const confidence = await fitNetworkConfidence(network, dataset, split.validation, options)
      const evaluation = await evaluateNetwork(network, dataset, split.test, { ...options, confidence, onProgress: ({ windows, total }) => onProgress({ kind: 'scoring', done: windows, total }) })
      const metrics = runMetrics(prepared, result, evaluation)
      const manifest = { ...runManifest({ spec, lines: this.#lines, prepared, metrics, engine: `${engine.description}, in a browser`, confidence }), name: choice.name }
      const { json, weights } = serialiseModel({ manifest, weights: result.weights })
      return { name: choice.name, manifest: json, weights: copyOf(weights), zip: folderZip(choice.name, json, weights), metrics, trainLines: split.trainLines.to - split.trainLines.from, testLines: prepared.testLines }
    } finally {
      await network.dispose()
    }
  }
}

/** The model folder as it lies on a disk. Weights hardly shrink, so they are stored as they are. */
function folderZip(name: string, json: string, weights: Uint8Array): ArrayBuffer {
  return copyOf(zipSync({ [name]: { [MANIFEST_FILE]: new TextEncoder().encode(json), [WEIGHTS_FILE]: [weights, { level: 0 }] } }))
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer
}
