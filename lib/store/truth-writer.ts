import type { PoolClient } from 'pg'
import { labelKey } from '@/lib/labels/label-key'
import { copyInto } from './copy-rows'
import type { TruthSummary } from './dataset-summary'
import type { TruthRecord } from './truth-records'
import { columnText, jsonText } from './values'

const COLUMNS = ['dataset_id', 'audit_id', 'seq', 'actor', 'source', 'source_ref', 'role', 'context', 'to_label', 'to_code']

/** Stores a truth as label events, one for each auditID that the log has, and sums it up. */
export async function writeTruth(client: PoolClient, datasetId: string, truth: ReadonlyMap<string, TruthRecord>, auditIDs: ReadonlyMap<string, number>, file: { name: string; found: number }): Promise<TruthSummary> {
  const sourceName = columnText(file.name)
  const roles = { trigger: 0, consequence: 0, background: 0, nonresource: 0 }
  const contexts = new Set<string>()
  const labels = new Set<string>()
  let labelled = 0
  await copyInto(client, 'label_events', COLUMNS, async (rows) => {
    for (const [auditID, { role, context, label }] of truth) {
      const seq = auditIDs.get(auditID)
      if (seq === undefined) continue
      roles[role]++
      if (context !== null) contexts.add(context)
      if (label !== null) labels.add(labelKey(label))
      if (label !== null) labelled++
      await rows.add([datasetId, columnText(auditID), seq, 'import', 'truth', sourceName, role, columnText(context), label === null ? null : jsonText(label), label?.code ?? null])
    }
  })
  return {
    auditIDs: file.found, labelled, roles, contexts: contexts.size, labels: labels.size,
    notInLog: truth.size - file.found, withoutTruth: auditIDs.size - file.found,
  }
}
