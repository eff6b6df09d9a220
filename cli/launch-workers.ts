import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { AuditweaveError } from '@/lib/audit/errors'
import { runMetricsSchema, timingsSchema } from '@/lib/experiments/run-spec'
import { listRuns, type RunRow } from '@/lib/store/runs'
import { say } from './output'
import { startProgress } from './progress'

const BIN = fileURLToPath(new URL('../bin/auditweave.mjs', import.meta.url))
const POLL_MS = 1000

export interface CrewOptions {
  /** Runs at a time; as many as there are cores unless told. */
  readonly workers?: number
  /** Engine threads of each; the cores shared out unless told. */
  readonly threads?: number
}

export interface Crew { readonly workers: number; readonly threads: number }

/** Runs side by side use cores better than threads that wait for one another, and results do not depend on either. */
export function crewFor(runs: number, { workers, threads }: CrewOptions): Crew {
  const cores = availableParallelism()
  const chosen = Math.max(1, Math.min(workers ?? Math.floor(cores / (threads ?? 1)), runs))
  return { workers: chosen, threads: threads ?? Math.max(1, Math.floor(cores / chosen)) }
}

export interface Launch {
  readonly id: string
  /** How many runs there will be, as far as that can be told. */
  readonly total: number
  /** Whether no run will follow from these once all have ended. */
  isWhole(runs: readonly RunRow[]): boolean
}

/** Has workers of this command carry out a launch, and tells each run that ends; returns when the last has. */
export async function workThrough(launch: Launch, crew: Crew): Promise<void> {
  const workers = Array.from({ length: crew.workers }, () => startWorker(crew.threads))
  try {
    await finished(launch, workers)
  } finally {
    await Promise.all(workers.map(stopWorker))
  }
}

function startWorker(threads: number): ChildProcess {
  // On a channel, so that a worker whose command is gone ends too and gives its run back.
  return spawn(process.execPath, [BIN, 'worker', '--threads', String(threads)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: process.env })
}

async function stopWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null) return
  worker.kill('SIGTERM')
  await once(worker, 'exit')
}

async function finished(launch: Launch, workers: readonly ChildProcess[]): Promise<void> {
  const told = new Set<string>()
  const bar = startProgress('Runs', launch.total)
  for (;;) {
    const { rows } = await listRuns({ experimentId: launch.id, sort: 'number' })
    const ended = rows.filter((run) => run.state !== 'queued' && run.state !== 'running')
    for (const run of ended.filter((row) => !told.has(row.id))) {
      told.add(run.id)
      bar.end()
      say(runLine(run))
    }
    bar.update(ended.length)
    const stopped = ended.some((run) => run.state === 'stopped')
    if (ended.length === rows.length && (stopped || launch.isWhole(rows))) return bar.end()
    if (workers.every((worker) => worker.exitCode !== null)) throw new AuditweaveError('worker-ended', `The last worker ended with code ${workers[0]?.exitCode} before its runs did. What is done is kept: auditweave experiment resume ${launch.id} carries on.`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

function runLine(run: RunRow): string {
  if (run.state !== 'done') return `${run.name}: ${run.state}${run.error ? `, ${run.error.message}` : ''}`
  const metrics = runMetricsSchema.parse(run.metrics)
  const timings = timingsSchema.parse(run.timings)
  return `${run.name}: F1 of parts ${metrics.windowPartsF1.toFixed(4)}, macro F1 ${metrics.windowMacroF1.toFixed(4)}, accuracy ${metrics.lineAccuracy.toFixed(4)}, ${metrics.epochs} epochs, trained ${timings.trainSeconds.toFixed(1)} s of ${timings.totalSeconds.toFixed(1)} s`
}
