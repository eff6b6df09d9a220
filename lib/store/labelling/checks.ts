import { runChecks } from '@/lib/labelling/checks/run-checks'
import type { CheckReport, SplitColumns } from '@/lib/labelling/checks/types'
import type { LabellingLog } from '@/lib/labelling/types'
import { sql } from '../database'
import { requireDataset } from '../datasets'
import { listSplits, readSplits } from '../dataset-versions/splits'
import { labelsSince } from './labels-since'
import { readLabellingLog } from './log'
import { newestLabelEvent } from './ratings'

/** Holds the shared labels of a data set, and the splits stored with it, against its log. */
export async function checksOf(datasetId: string): Promise<CheckReport> {
  const [log, { labels }, timeless] = [await readLabellingLog(datasetId), await labelsSince({ datasetId, assignment: null }, 0), await timelessLines(datasetId)]
  const places = new Map(log.auditIDs.map((auditID, request) => [auditID, request]))
  const standing: (null | (typeof labels)[number])[] = log.auditIDs.map(() => null)
  for (const label of labels) {
    const place = places.get(label.auditID)
    if (place !== undefined && label.standing !== 'unlabelled') standing[place] = label
  }
  return runChecks({ log, labels: standing, splits: await splitColumns(datasetId, log), timeless })
}

/** Whatever `checksOf` reads is the same while this is. */
export async function checksVersion(datasetId: string): Promise<string> {
  const [{ version }, splits] = [await requireDataset(datasetId), await listSplits(datasetId)]
  return [version, await newestLabelEvent(datasetId), ...splits.map(({ id }) => id)].join(' ')
}

async function splitColumns(datasetId: string, log: LabellingLog): Promise<SplitColumns[]> {
  return (await readSplits(datasetId)).map(({ name, parts, partOf }) => ({ name, parts, partOf: log.auditIDs.map((auditID) => partOf.get(auditID) ?? -1) }))
}

async function timelessLines(datasetId: string): Promise<Set<number>> {
  const rows = await sql<{ seq: number }>('SELECT seq FROM events WHERE dataset_id = $1 AND received_micros IS NULL', [datasetId])
  return new Set(rows.map(({ seq }) => seq))
}
