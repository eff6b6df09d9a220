import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { LogColumns } from '@/lib/contexts/log-columns'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { Reconstruction } from '@/lib/contexts/types'
import { getExperiment as getSpec } from '@/lib/experiments/catalogue'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import type { NotebookSources, RunsOf, SourceDataset, SourceLaunch, SourceRun } from '@/lib/notebook/run/sources'
import { sql } from './database'
import { requireDataset } from './datasets'
import { streamEvents } from './events'
import { getExperiment, listExperiments, requireExperiment } from './experiments'
import { compareRunLines } from './notebook-pairs'
import { listRunRecords, reportSource } from './run-records'
import { getRun, listRuns, type Run } from './runs'

/** What cells are made of, read from PostgreSQL. One object serves one request, so that each thing is read once. */
export function notebookSources(): NotebookSources {
  const datasets = new Map<string, Promise<SourceDataset>>()
  const launches = new Map<string, Promise<SourceLaunch | null>>()
  const runs = new Map<string, Promise<readonly SourceRun[]>>()
  return {
    dataset: (name) => remember(datasets, name, readDataset),
    linked: async (dataset) => (await linkedLog(dataset)).reconstruction,
    matching: async (dataset, query, of) => {
      const { reconstruction, columns } = await linkedLog(dataset)
      return columns.matching(query, reconstruction, { of })
    },
    events: readEvents,
    experiment: getSpec,
    launch: (wanted) => remember(launches, JSON.stringify([wanted.experiment, wanted.dataset, wanted.launch]), () => readLaunch(wanted)),
    launchSource: async (launch) => reportSource(await requireExperiment(launch)),
    runs: (of) => remember(runs, JSON.stringify(of), () => readRuns(of)),
    records: readRecords,
    compareLines: compareRunLines,
  }
}

function remember<T>(known: Map<string, Promise<T>>, key: string, read: (key: string) => Promise<T>): Promise<T> {
  const found = known.get(key) ?? read(key)
  known.set(key, found)
  return found
}

async function readDataset(name: string): Promise<SourceDataset> {
  const { id, name: now, state, version, sha256, events } = await requireDataset(name)
  if (state !== 'ready') throw new AuditweaveError('wrong-state', `${now} is ${state === 'importing' ? 'being imported' : 'not whole: its import failed'}. Run the cell again when it is ready.`)
  return { id, name: now, version, fingerprint: `${sha256 ?? id} ${version} ${events}` }
}

/** A data set's contexts, and its columns once a query has asked for them. */
interface LinkedLog { readonly reconstruction: Reconstruction; readonly columns: LogColumns }

const KEPT_MS = 10 * 60_000
let kept: { readonly key: string; readonly log: Promise<LinkedLog> } | null = null
let timer: NodeJS.Timeout | null = null

/** The log that was linked last stays for ten minutes: the cells of a notebook ask for the same one again and again. */
function linkedLog(dataset: SourceDataset): Promise<LinkedLog> {
  const key = `${dataset.id} ${dataset.fingerprint}`
  if (kept?.key !== key) {
    // One after the other, so that two large logs are never linked at once.
    const log = (kept?.log ?? Promise.resolve()).catch(() => undefined).then(() => link(dataset))
    const entry = { key, log }
    kept = entry
    log.catch(() => {
      if (kept === entry) kept = null
    })
  }
  if (timer) clearTimeout(timer)
  timer = setTimeout(() => { kept = null }, KEPT_MS).unref()
  return kept.log
}

async function link(dataset: SourceDataset): Promise<LinkedLog> {
  const stream = new StreamingReconstruction()
  for await (const batch of streamEvents(dataset.id)) stream.add(batch.map(({ event }) => event))
  return { reconstruction: stream.finish(), columns: new LogColumns(() => readEvents(dataset)) }
}

const ASKED_AT_ONCE = 500

async function* readEvents(dataset: SourceDataset, auditIDs?: readonly string[]): AsyncGenerator<readonly AuditEvent[]> {
  if (!auditIDs) {
    for await (const batch of streamEvents(dataset.id)) yield batch.map(({ event }) => event)
    return
  }
  for (let at = 0; at < auditIDs.length; at += ASKED_AT_ONCE) {
    const rows = await sql<{ body: AuditEvent }>('SELECT body FROM events WHERE dataset_id = $1 AND audit_id = ANY($2) ORDER BY received_micros, seq', [dataset.id, auditIDs.slice(at, at + ASKED_AT_ONCE)])
    yield rows.map(({ body }) => body)
  }
}

async function readLaunch({ experiment, dataset, launch }: Parameters<NotebookSources['launch']>[0]): Promise<SourceLaunch | null> {
  const found = launch === 'latest' ? (await listExperiments({ name: experiment })).find((one) => dataset === undefined || one.datasetName === dataset || one.datasetId === dataset) : await getExperiment(launch)
  if (!found || found.name !== experiment) return null
  const { id, name, title, scale, datasetName } = found
  return { id, name, title, scale, datasetName }
}

async function readRuns(of: RunsOf): Promise<readonly SourceRun[]> {
  if ('launch' in of) return (await listRuns({ experimentId: of.launch, sort: 'number', descending: false })).rows.map(toSource)
  if ('numbers' in of) return (await runsByNumber(of.numbers)).map(toSource)
  const launches = await listExperiments({ name: of.experiment })
  const runs = await Promise.all(launches.map(({ id }) => readRuns({ launch: id })))
  return runs.flat().sort((a, b) => a.number - b.number)
}

function toSource({ id, number, name, protocol, seed, attempt, state }: SourceRun): SourceRun {
  return { id, number, name, protocol, seed, attempt, state }
}

async function runsByNumber(numbers: readonly number[]): Promise<Run[]> {
  const runs = await Promise.all([...new Set(numbers)].sort((a, b) => a - b).map((number) => getRun(number)))
  return runs.flatMap((run) => run ?? [])
}

async function readRecords(of: RunsOf): Promise<readonly RunRecord[]> {
  if ('launch' in of) return listRunRecords(of.launch)
  if ('numbers' in of) return (await runsByNumber(of.numbers)).filter((run) => run.state === 'done').map(toRecord)
  const launches = await listExperiments({ name: of.experiment })
  const records = await Promise.all(launches.map(({ id }) => listRunRecords(id, { perClass: false })))
  return records.flat().sort((a, b) => a.number - b.number)
}

function toRecord({ id, number, kind, seed, preset, protocol, axes, metrics, timings, perClass, points, engine }: Run): RunRecord {
  return { id, number, kind, seed, axes: { protocol, preset, seed, ...(axes as RunRecord['axes']) }, metrics, timings, perClass, points, engine }
}
