import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { AuditweaveError } from '@/lib/audit/errors'
import type { ExperimentSpec } from '@/lib/experiments/experiment-spec'
import type { LaunchPlan } from '@/lib/experiments/launch'
import { buildReport, type Report, type RunSummary } from '@/lib/experiments/report'
import { runMetricsSchema, runSpecSchema, timingsSchema } from '@/lib/experiments/run-spec'
import { closeQueue, launchExperiment } from '@/lib/jobs/queue'
import { listShippedDatasets, shippedFiles } from '@/lib/jobs/shipped'
import { openSource } from '@/lib/audit/source.node.ts'
import { findDataset, type Dataset } from '@/lib/store/datasets'
import { listExperiments } from '@/lib/store/experiments'
import { importDataset } from '@/lib/store/import-dataset'
import { getRuns, listRuns, type Run, type RunRow } from '@/lib/store/runs'
import { say } from './output'
import { startProgress } from './progress'
import { withDatabase } from './with-database'

const BIN = fileURLToPath(new URL('../bin/auditweave.mjs', import.meta.url))
const POLL_MS = 1000

export interface ExperimentOptions {
  readonly dataset: string
  /** Runs at a time; as many as there are cores unless told. */
  readonly workers?: number
  /** Engine threads of each; the cores shared out unless told. */
  readonly threads?: number
}

/** Runs side by side use cores better than threads that wait for one another, and results do not depend on either. */
function crewFor(runs: number, { workers, threads }: ExperimentOptions): { workers: number; threads: number } {
  const cores = availableParallelism()
  const chosen = Math.max(1, Math.min(workers ?? Math.floor(cores / (threads ?? 1)), runs))
  return { workers: chosen, threads: threads ?? Math.max(1, Math.floor(cores / chosen)) }
}

/** Launches an experiment, works on its runs until the last has ended, and reports on them. */
export function runExperiment(spec: ExperimentSpec, plan: LaunchPlan, options: ExperimentOptions): Promise<Report> {
  return withDatabase(async () => {
    const dataset = (await findDataset(options.dataset)) ?? (await importShipped(options.dataset))
    const { experiment, runIds } = await launchExperiment({ ...plan, runs: [...plan.runs], datasetId: dataset.id })
    await closeQueue()
    const crew = crewFor(runIds.length, options)
    say(`${spec.title}: ${runIds.length} runs on ${dataset.name}, scale ${plan.scale}; ${crew.workers} at a time, ${crew.threads} thread${crew.threads === 1 ? '' : 's'} each.`)
    const workers = Array.from({ length: crew.workers }, () => startWorker(crew.threads))
    try {
      await finished(experiment.id, runIds.length, workers)
    } finally {
      await Promise.all(workers.map(stopWorker))
    }
    return reportRuns(spec, await getRuns(runIds))
  })
}

/** The report of one launch, the latest with a finished run unless named: launches differ in data set and scale, so they are not repetitions of one another. */
export function reportExperiment(spec: ExperimentSpec, launchId: string | null): Promise<Report> {
  return withDatabase(async () => {
    const launches = await listExperiments({ name: spec.name })
    const launch = launches.find((one) => (launchId === null ? one.runs.done > 0 : one.id === launchId))
    if (!launch) throw noRuns(spec, launchId)
    say(`Launch ${launch.id}: ${launch.runs.done} of ${launch.runs.total} runs done, scale ${launch.scale} on ${launch.datasetName}, ${launch.createdAt}.`)
    const { rows } = await listRuns({ experimentId: launch.id, state: ['done'] })
    return reportRuns(spec, await getRuns(rows.map((run) => run.id)))
  })
}

function noRuns(spec: ExperimentSpec, launchId: string | null): AuditweaveError {
  if (launchId !== null) return new AuditweaveError('unknown-launch', `There is no launch ${launchId.slice(0, 40)} of ${spec.name}. Leave --launch out for the latest.`)
  return new AuditweaveError('no-runs', `No run of ${spec.name} has finished: start them with auditweave experiment run ${spec.name}.`)
}

function reportRuns(spec: ExperimentSpec, runs: readonly Run[]): Report {
  const failed = runs.filter((run) => run.state === 'failed')
  for (const run of failed) say(`Run ${run.number} (${run.name}) failed: ${run.error?.message ?? 'no reason was stored'}`)
  const report = buildReport(spec, runs.filter((run) => run.state === 'done').map(summary))
  if (report.runs === 0) throw noRuns(spec, null)
  return report
}

function summary(run: Run): RunSummary {
  return { id: run.id, spec: runSpecSchema.parse(run.params), metrics: runMetricsSchema.parse(run.metrics), timings: timingsSchema.parse(run.timings) }
}

async function importShipped(name: string): Promise<Dataset> {
  const shipped = (await listShippedDatasets()).find((dataset) => dataset.name === name)
  if (!shipped) throw new AuditweaveError('unknown-dataset', `There is no data set "${name}": import one with auditweave import INPUT --name ${name} --truth TRUTH.`)
  const { log, truth } = await shippedFiles(name)
  const bar = startProgress(`Importing ${name}`, shipped.bytes)
  const { dataset } = await importDataset(openSource(log), {
    name,
    sourceName: `${name}/audit.jsonl.gz`,
    ...(truth ? { truth: openSource(truth) } : {}),
    onProgress: (progress) => bar.update(progress.bytes),
  })
  bar.end()
  return dataset
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

const ENDED = new Set(['done', 'failed', 'stopped'])

async function finished(experimentId: string, total: number, workers: readonly ChildProcess[]): Promise<void> {
  const told = new Set<string>()
  const bar = startProgress('Runs', total)
  for (;;) {
    const { rows } = await listRuns({ experimentId })
    const ended = rows.filter((run) => ENDED.has(run.state))
    for (const run of ended.filter((row) => !told.has(row.id))) {
      told.add(run.id)
      bar.end()
      say(runLine(run))
    }
    bar.update(ended.length)
    if (ended.length === total) return bar.end()
    if (workers.every((worker) => worker.exitCode !== null)) throw new AuditweaveError('worker-ended', `The last worker ended with code ${workers[0]?.exitCode} before its runs did. What is done is kept: start a worker and the rest goes on.`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

function runLine(run: RunRow): string {
  if (run.state !== 'done') return `${run.name}: ${run.state}${run.error ? `, ${run.error.message}` : ''}`
  const metrics = runMetricsSchema.parse(run.metrics)
  const timings = timingsSchema.parse(run.timings)
  return `${run.name}: F1 of parts ${metrics.windowPartsF1.toFixed(4)}, macro F1 ${metrics.windowMacroF1.toFixed(4)}, accuracy ${metrics.lineAccuracy.toFixed(4)}, ${metrics.epochs} epochs, trained ${timings.trainSeconds.toFixed(1)} s of ${timings.totalSeconds.toFixed(1)} s`
}
