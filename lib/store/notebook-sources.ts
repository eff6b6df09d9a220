import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { LogColumns } from '@/lib/contexts/log-columns'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { Reconstruction } from '@/lib/contexts/types'
import { listExperiments as listSpecs } from '@/lib/experiments/catalogue'
import type { NotebookSources, SourceDataset, SourceLaunch, SourceRun } from '@/lib/notebook/run/sources'
import { sql } from './database'
import { requireDataset } from './datasets'
import { streamEvents } from './events'
import { getExperiment, listExperiments } from './experiments'
import { listRuns } from './runs'

/** What cells are made of, read from PostgreSQL. One object serves one request, so that each thing is read once. */
export function notebookSources(): NotebookSources {
  const datasets = new Map<string, Promise<SourceDataset>>()
  return {
    dataset: (name) => remember(datasets, name, readDataset),
    linked: async (dataset) => (await linkedLog(dataset)).reconstruction,
    matching: async (dataset, query, of) => {
      const { reconstruction, columns } = await linkedLog(dataset)
      return columns.matching(query, reconstruction, { of })
    },
    events: readEvents,
    launch: readLaunch,
    runs: readRuns,
    published: (experiment) => listSpecs().find((spec) => spec.name === experiment)?.published.points ?? [],
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
  const { id, name, title, scale, datasetName, createdAt } = found
  return { id, name, title, scale, datasetName, createdAt }
}

async function readRuns(of: Parameters<NotebookSources['runs']>[0]): Promise<readonly SourceRun[]> {
  if ('launch' in of) return (await listRuns({ experimentId: of.launch, sort: 'number', descending: false })).rows
  if ('numbers' in of) {
    const { rows } = await listRuns({ sort: 'number', descending: false })
    return rows.filter((run) => of.numbers.includes(run.number))
  }
  const launches = await listExperiments({ name: of.experiment })
  const runs = await Promise.all(launches.map((launch) => listRuns({ experimentId: launch.id, sort: 'number', descending: false })))
  return runs.flatMap(({ rows }) => rows).sort((a, b) => a.number - b.number)
}
