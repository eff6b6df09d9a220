import { openSource } from '@/lib/audit/source.node.ts'
import { AuditweaveError } from '@/lib/audit/errors'
import { getExperiment } from '@/lib/experiments/catalogue'
import { experimentSpecSchema, SCALES, type ExperimentSpec } from '@/lib/experiments/experiment-spec'
import type { LaunchPlan } from '@/lib/experiments/launch'
import { buildReport, type Report, type RunSummary } from '@/lib/experiments/report'
import { runMetricsSchema, runSpecSchema, timingsSchema } from '@/lib/experiments/run-spec'
import { isSearchFinished } from '@/lib/experiments/search/search-runs'
import { countSearchRuns } from '@/lib/experiments/search/search-spec'
import { trialAxes } from '@/lib/experiments/search/trial-run'
import { closeQueue, launchExperiment, resumeExperiment } from '@/lib/jobs/queue'
import { listShippedDatasets, shippedFiles } from '@/lib/jobs/shipped'
import { findDataset, type Dataset } from '@/lib/store/datasets'
import { listExperiments, requireExperiment, stopExperiment, type Experiment } from '@/lib/store/experiments'
import { importDataset } from '@/lib/store/import-dataset'
import { getRuns, listRuns, type Run } from '@/lib/store/runs'
import { crewFor, workThrough, type CrewOptions, type Launch } from './launch-workers'
import { say } from './output'
import { startProgress } from './progress'
import { withDatabase } from './with-database'

export interface ExperimentOptions extends CrewOptions { readonly dataset: string }

/** Launches an experiment, works on its runs until the last has ended, and reports on them. */
export function runExperiment(spec: ExperimentSpec, plan: LaunchPlan, options: ExperimentOptions): Promise<Report> {
  return withDatabase(async () => {
    const dataset = (await findDataset(options.dataset)) ?? (await importShipped(options.dataset))
    const { experiment } = await launchExperiment({ ...plan, runs: [...plan.runs], datasetId: dataset.id })
    await closeQueue()
    return carryOut(spec, experiment, options)
  })
}

/** Queues what was stopped of a launch again, works until the last run has ended, and reports on all. */
export function resumeLaunch(id: string, options: CrewOptions): Promise<Report> {
  return withDatabase(async () => {
    const queued = await resumeExperiment(id)
    await closeQueue()
    say(`${queued} runs were queued again.`)
    const experiment = await requireExperiment(id)
    return carryOut(getExperiment(experiment.name), experiment, options)
  })
}

export function stopLaunch(id: string): Promise<void> {
  return withDatabase(async () => stopExperiment((await requireExperiment(id)).id))
}

async function carryOut(spec: ExperimentSpec, experiment: Experiment, options: CrewOptions): Promise<Report> {
  const launch = await launchOf(experiment)
  const crew = crewFor(experiment.runs.total, options)
  say(`${spec.title}: ${launch.total} runs on ${experiment.datasetName}, scale ${experiment.scale}, launch ${experiment.id}; ${crew.workers} at a time, ${crew.threads} thread${crew.threads === 1 ? '' : 's'} each.`)
  await workThrough(launch, crew)
  return reportLaunch(spec, experiment.id)
}

/** A search has its later runs only when earlier ones have ended. */
async function launchOf({ id, spec, scale, runs }: Experiment): Promise<Launch> {
  const name = SCALES.find((one) => one === scale)
  const parsed = experimentSpecSchema.safeParse(spec)
  const search = name && parsed.success ? parsed.data.scales[name].search : undefined
  if (!search) return { id, total: runs.total, isWhole: () => true }
  const { rows } = await listRuns({ experimentId: id })
  const begun = rows.filter((run) => trialAxes(run.axes)?.rung === 0).length
  return { id, total: countSearchRuns(search, begun), isWhole: (rows) => isSearchFinished(search, rows) }
}

/** The report of one launch, the latest with a finished run unless named: launches differ in data set and scale, so they are not repetitions of one another. */
export function reportExperiment(spec: ExperimentSpec, launchId: string | null): Promise<Report> {
  return withDatabase(async () => {
    const launches = await listExperiments({ name: spec.name })
    const launch = launches.find((one) => (launchId === null ? one.runs.done > 0 : one.id === launchId))
    if (!launch) throw noRuns(spec, launchId)
    say(`Launch ${launch.id}: ${launch.runs.done} of ${launch.runs.total} runs done, scale ${launch.scale} on ${launch.datasetName}, ${launch.createdAt}.`)
    return reportLaunch(spec, launch.id)
  })
}

function noRuns(spec: ExperimentSpec, launchId: string | null): AuditweaveError {
  if (launchId !== null) return new AuditweaveError('unknown-launch', `There is no launch ${launchId.slice(0, 40)} of ${spec.name}. Leave --launch out for the latest.`)
  return new AuditweaveError('no-runs', `No run of ${spec.name} has finished: start them with auditweave experiment run ${spec.name}.`)
}

async function reportLaunch(spec: ExperimentSpec, experimentId: string): Promise<Report> {
  const { rows } = await listRuns({ experimentId, sort: 'number' })
  const failed = rows.filter((run) => run.state === 'failed')
  for (const run of failed) say(`Run ${run.number} (${run.name}) failed: ${run.error?.message ?? 'no reason was stored'}`)
  const runs = await getRuns(rows.filter((run) => run.state === 'done').map((run) => run.id))
  if (runs.length === 0) throw noRuns(spec, null)
  return buildReport(spec, runs.map(summary))
}

function summary(run: Run): RunSummary {
  return { id: run.id, spec: runSpecSchema.parse(run.params), axes: run.axes, metrics: runMetricsSchema.parse(run.metrics), timings: timingsSchema.parse(run.timings) }
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
