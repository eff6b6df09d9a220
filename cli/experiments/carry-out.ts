import { AuditweaveError } from '@/lib/audit/errors'
import type { Report } from '@/lib/experiments/report/report-types'
import { closeQueue, resumeBatch, resumeExperiment, workersSeen, type Resumption } from '@/lib/jobs/queue'
import { getExperiment, listExperiments, tellBatch, type Experiment } from '@/lib/store/experiments'
import { say } from '../output'
import { withDatabase } from '../with-database'
import { takeUpBatch } from './batch'
import { crewFor, type CrewOptions } from './crew'
import { launchReport } from './launch-report'
import { plansOf, type LaunchRequest } from './plans'
import { follow } from './progress-of-runs'
import { findingLines } from './tell-findings'
import { workThrough } from './work-through'

/** A launch that was carried out, as it stands at the end. */
export interface Carried { readonly launch: Experiment; readonly report: Report }

/** Launches experiments, or goes on with what the same command left unfinished, and works on them until the last run has ended. */
export function carryOut(request: LaunchRequest & { readonly anew: boolean }, crew: CrewOptions): Promise<Carried[]> {
  return withDatabase(async () => {
    const { id, launches } = await takeUpBatch(await plansOf(request), request)
    const carried = await workOn(launches, crew)
    // Unless it was stopped: then the same command goes on with it.
    if (carried.every(({ launch }) => launch.state === 'done' || launch.state === 'failed')) await tellBatch(id)
    return carried
  })
}

/** Queues what was stopped of a launch or batch again, works until the last run has ended, and reports on all. */
export function resumeLaunches(id: string, resumption: Resumption, crew: CrewOptions): Promise<Carried[]> {
  return withDatabase(async () => {
    const launches = await launchesOf(id)
    const queued = launches[0]?.id === id ? await resumeExperiment(id, resumption) : await resumeBatch(id, resumption)
    await closeQueue()
    say(`${queued} runs were queued again.`)
    return workOn(await launchesOf(id), crew)
  })
}

/** One launch by its id, or all of a batch. @throws AuditweaveError 'unknown-experiment' */
export async function launchesOf(id: string): Promise<Experiment[]> {
  const launch = await getExperiment(id)
  if (launch !== null) return [launch]
  const batch = await listExperiments({ batch: id })
  if (batch.length > 0) return batch
  throw new AuditweaveError('unknown-experiment', `There is no launch or batch "${id.slice(0, 40)}"; auditweave experiment list --launches names those there are.`)
}

async function workOn(launches: readonly Experiment[], options: CrewOptions): Promise<Carried[]> {
  const followed = launches.map(follow)
  const total = followed.reduce((sum, one) => sum + one.total, 0)
  const crew = crewFor(total, options)
  for (const { launch, total: runs } of followed) say(`${launch.title}: ${runs} runs on ${launch.datasetName}, scale ${launch.scale}, launch ${launch.id}.`)
  say(crew.workers === 0 ? `Their runs are left to workers elsewhere; there are ${(await workersSeen()).length} now.` : `${crew.workers} run${crew.workers === 1 ? '' : 's'} at a time, ${crew.threads} thread${crew.threads === 1 ? '' : 's'} each.`)
  const reports = new Map<string, Report>()
  await workThrough(followed, crew, async ({ launch }) => {
    const report = await launchReport(launch.id)
    reports.set(launch.id, report)
    if (followed.length > 1) for (const line of findingLines(report)) say(line)
  })
  const ended = await Promise.all(launches.map((launch) => getExperiment(launch.id)))
  return ended.flatMap((launch) => {
    const report = launch && reports.get(launch.id)
    return launch && report ? [{ launch, report }] : []
  })
}
