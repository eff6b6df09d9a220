import { labelDifferences } from '@/lib/labelling/dataset/diff'
import { splitText } from '@/lib/labelling/dataset/splits/spec'
import { sql } from '../database'
import { hashEvents } from './hashes'
import { readSplits } from './splits'
import type { SplitChange, StoredSplit, VersionDifferences, VersionPlace } from './types'
import { labelsOf, newestVersion } from './versions'

const SAMPLES = 5

/** What became of events, labels and splits on the way from one version to another, of one data set or of two. @throws AuditweaveError 'unknown-version' */
export async function compareVersions(from: VersionPlace, to: VersionPlace): Promise<VersionDifferences> {
  const [before, after] = await Promise.all([labelsOf(from), labelsOf(to)])
  return { from, to, events: await eventDifferences(from.datasetId, to.datasetId), labels: labelDifferences(before, after), splits: splitDifferences(await splitsOf(from), await splitsOf(to)) }
}

function splitsOf({ datasetId, number }: VersionPlace): Promise<StoredSplit[]> {
  return number === null ? readSplits(datasetId) : readSplits(datasetId, number)
}

const ONLY_IN_FIRST = `FROM events a WHERE a.dataset_id = $1 AND NOT EXISTS (SELECT FROM events b WHERE b.dataset_id = $2 AND b.audit_id = a.audit_id AND b.stage IS NOT DISTINCT FROM a.stage)`

/** A data set's events never change, so that only those of two differ. An event is told by its auditID and stage. */
async function eventDifferences(from: string, to: string): Promise<VersionDifferences['events']> {
  if (from === to || (await eventsHash(from)) === (await eventsHash(to))) return { same: true, added: 0, removed: 0, changed: 0, addedSamples: [], removedSamples: [] }
  const only = async (a: string, b: string): Promise<{ count: number; samples: string[] }> => {
    const [counted] = await sql<{ count: number }>(`SELECT count(*)::int AS count ${ONLY_IN_FIRST}`, [a, b])
    const samples = await sql<{ audit_id: string }>(`SELECT a.audit_id ${ONLY_IN_FIRST} ORDER BY a.received_micros, a.seq LIMIT ${SAMPLES}`, [a, b])
    return { count: counted?.count ?? 0, samples: samples.map((row) => row.audit_id) }
  }
  const [removed, added] = await Promise.all([only(from, to), only(to, from)])
  const [changed] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM events a WHERE a.dataset_id = $1 AND EXISTS (SELECT FROM events b WHERE b.dataset_id = $2 AND b.audit_id = a.audit_id AND b.stage IS NOT DISTINCT FROM a.stage)
       AND NOT EXISTS (SELECT FROM events b WHERE b.dataset_id = $2 AND b.audit_id = a.audit_id AND b.stage IS NOT DISTINCT FROM a.stage AND b.body = a.body)`,
    [from, to],
  )
  return { same: false, added: added.count, removed: removed.count, changed: changed?.count ?? 0, addedSamples: added.samples, removedSamples: removed.samples }
}

async function eventsHash(datasetId: string): Promise<string> {
  return (await newestVersion(datasetId))?.eventsSha256 ?? hashEvents(datasetId)
}

function splitDifferences(before: readonly StoredSplit[], after: readonly StoredSplit[]): SplitChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  return names.flatMap((name): SplitChange[] => {
    const [a, b] = [before.find((split) => split.name === name), after.find((split) => split.name === name)]
    const texts = { from: a ? splitText(a.spec) : null, to: b ? splitText(b.spec) : null }
    if (a === undefined) return [{ name, change: 'added', ...texts, moved: b?.partOf.size ?? 0 }]
    if (b === undefined) return [{ name, change: 'removed', ...texts, moved: a.partOf.size }]
    const moved = [...new Set([...a.partOf.keys(), ...b.partOf.keys()])].filter((auditID) => a.partOf.get(auditID) !== b.partOf.get(auditID)).length
    return moved === 0 && texts.from === texts.to ? [] : [{ name, change: 'changed', ...texts, moved }]
  })
}
