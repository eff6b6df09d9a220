import { randomUUID } from 'node:crypto'
import { AuditweaveError } from '@/lib/audit/errors'
import { labelKey } from '@/lib/labels/label-key'
import type { Labelling, Labellings } from '@/lib/labelling/dataset/labelling'
import type { LabelChange } from '@/lib/labelling/types'
import { requireDataset } from '../datasets'
import { sql } from '../database'
import { writeBatch } from '../labelling/write-batch'
import { labelsSince } from '../labelling/labels-since'
import { standingLabels } from './current'
import { labelsOf, requireVersion } from './versions'

/** What a batch of many labels did; it can be undone as any other act, by whoever did it. */
export interface Relabelled {
  /** Null where nothing had to be changed. */
  readonly batch: string | null
  readonly changed: number
  readonly cleared: number
  /** auditIDs in the file that the data set has not. */
  readonly notInLog: number
}

/**
 * Brings back the labels of a version, as one act that can be undone; comments and marks stay, and so does what is labelled blind.
 * @throws AuditweaveError 'unknown-dataset', 'unknown-version', 'wrong-state', 'stale-labels' where another labelled meanwhile
 */
export async function restoreVersion(idOrName: string, number: number, actor: string): Promise<Relabelled> {
  const dataset = await requireDataset(idOrName)
  await requireVersion(dataset, number)
  const labels = await labelsOf({ datasetId: dataset.id, name: dataset.name, number })
  return relabel(dataset.id, labels, { actor, title: `Restore the labels of version ${number}`, others: 'clear' })
}

/**
 * Labels requests as a file says, as one act that can be undone; requests that the file does not name stay as they are.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-truth' where the file has none of the data set's requests, 'stale-labels'
 */
export async function importLabels(idOrName: string, labels: Labellings, by: { readonly actor: string; readonly file: string }): Promise<Relabelled> {
  const dataset = await requireDataset(idOrName)
  const known = await auditIDsOf(dataset.id)
  const found = new Map([...labels].filter(([auditID]) => known.has(auditID)))
  if (found.size === 0) throw new AuditweaveError('wrong-truth', `${by.file} does not belong to ${dataset.name}: none of its ${labels.size.toLocaleString('en')} auditIDs is in the log.`)
  return { ...(await relabel(dataset.id, found, { actor: by.actor, title: `Import labels from ${by.file.slice(0, 120)}`, others: 'keep' })), notInLog: labels.size - found.size }
}

export async function auditIDsOf(datasetId: string): Promise<Set<string>> {
  return new Set((await sql<{ audit_id: string }>('SELECT DISTINCT audit_id FROM events WHERE dataset_id = $1', [datasetId])).map((row) => row.audit_id))
}

/** `others` says what becomes of labels that stand and are not in `labels`. */
async function relabel(datasetId: string, labels: Labellings, how: { readonly actor: string; readonly title: string; readonly others: 'keep' | 'clear' }): Promise<Relabelled> {
  // Read first: whoever labels after this is newer than what was seen, and the act is refused.
  const seen = new Map((await labelsSince({ datasetId, assignment: null }, 0)).labels.map(({ auditID, newest }) => [auditID, newest]))
  const standing = await standingLabels(datasetId)
  const changes: LabelChange[] = []
  const add = (auditID: string, act: LabelChange['act']): void => { changes.push({ auditID, act, suggestion: null, seen: seen.get(auditID) ?? 0 }) }
  for (const [auditID, labelling] of labels) {
    const { role, context, label } = labelling
    if (!isSame(standing.get(auditID), labelling)) add(auditID, { kind: 'label', role, context, label })
  }
  const changed = changes.length
  if (how.others === 'clear') for (const auditID of standing.keys()) if (!labels.has(auditID)) add(auditID, { kind: 'clear' })
  if (changes.length === 0) return { batch: null, changed: 0, cleared: 0, notInLog: 0 }
  const batch = randomUUID()
  const outcome = await writeBatch(datasetId, { id: batch, kind: 'import', title: how.title, assignment: null, changes }, how.actor)
  if (outcome.state === 'conflict') throw new AuditweaveError('stale-labels', `${outcome.conflicts[0]?.now.actor ?? 'Somebody'} labelled ${outcome.conflicts.length} of the requests meanwhile; nothing was changed. Try again.`)
  return { batch, changed, cleared: changes.length - changed, notInLog: 0 }
}

function isSame(a: Labelling | undefined, b: Labelling): boolean {
  if (a === undefined || a.role !== b.role || a.context !== b.context) return false
  if (a.label === null || b.label === null) return a.label === b.label
  return a.label.group === b.label.group && labelKey(a.label) === labelKey(b.label)
}
