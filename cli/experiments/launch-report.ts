import { AuditweaveError } from '@/lib/audit/errors'
import { getExperiment } from '@/lib/experiments/catalogue'
import { buildReport } from '@/lib/experiments/report/build-report'
import type { Report } from '@/lib/experiments/report/report-types'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { listExperiments, requireExperiment, type Experiment } from '@/lib/store/experiments'
import { listRunRecords, reportSource } from '@/lib/store/run-records'
import { listRuns } from '@/lib/store/runs'
import { say } from '../output'
import { withDatabase } from '../with-database'

/** The report of a launch over the runs that are done by now; the ones that failed are told. */
export async function launchReport(launchId: string): Promise<Report> {
  const launch = await requireExperiment(launchId)
  const { rows: failed } = await listRuns({ experimentId: launchId, state: ['failed'], sort: 'number' })
  for (const run of failed) say(`Run ${run.number} (${run.name}) failed: ${run.error?.message ?? 'no reason was stored'}`)
  return buildReport(getExperiment(launch.name), await listRunRecords(launchId), await reportSource(launch))
}

/** The report of one launch, the latest with a finished run unless named: launches differ in data set and scale, so they are not repetitions of one another. */
export function reportExperiment(spec: ExperimentSpec, launchId: string | null): Promise<Report> {
  return withDatabase(async () => {
    const launch = await latestLaunch(spec, launchId)
    if (launch === null) throw noRuns(spec, launchId)
    return told(launch)
  })
}

/** The reports of all experiments that have a finished run. @throws AuditweaveError 'no-runs' */
export function reportEvery(specs: readonly ExperimentSpec[]): Promise<Report[]> {
  return withDatabase(async () => {
    const reports: Report[] = []
    for (const spec of specs) {
      const launch = await latestLaunch(spec, null)
      if (launch === null) say(`No run of ${spec.name} has finished.`)
      else reports.push(await told(launch))
    }
    if (reports.length === 0) throw new AuditweaveError('no-runs', 'No run of any experiment has finished: start them with auditweave experiment run all.')
    return reports
  })
}

async function told(launch: Experiment): Promise<Report> {
  const { id, name, runs, scale, datasetName, createdAt } = launch
  say(`${name}: launch ${id}, ${runs.done} of ${runs.total} runs done, scale ${scale} on ${datasetName}, ${createdAt}.`)
  return launchReport(id)
}

async function latestLaunch({ name }: ExperimentSpec, launchId: string | null): Promise<Experiment | null> {
  const launches = await listExperiments({ name })
  return launches.find((one) => (launchId === null ? one.runs.done > 0 : one.id === launchId)) ?? null
}

function noRuns(spec: ExperimentSpec, launchId: string | null): AuditweaveError {
  if (launchId !== null) return new AuditweaveError('unknown-launch', `There is no launch ${launchId.slice(0, 40)} of ${spec.name}. Leave --launch out for the latest.`)
  return new AuditweaveError('no-runs', `No run of ${spec.name} has finished: start them with auditweave experiment run ${spec.name}.`)
}
