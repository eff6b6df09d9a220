import { AuditweaveError } from '@/lib/audit/errors'
import { readLabels } from '@/lib/export/labelled/read-labels'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import type { ActionLabel } from '@/lib/labels/action-label'
import { makeLabel } from '@/lib/labels/codec'

/** What a truth file says of one auditID. */
export type TruthRecord = Labelling

/**
 * Reads a truth file, or the labels of a labelled log: ours (JSON lines, Parquet) or the reference implementation's.
 * @throws AuditweaveError 'not-records', 'not-truth-records', 'not-labelled'
 */
export async function readTruth(source: AsyncIterable<Uint8Array>, name: string): Promise<Map<string, TruthRecord>> {
  return (await readLabels(source, name)).labels
}

/** Makes each distinct label once. */
export class LabelCache {
  readonly #known = new Map<string, ActionLabel>()

  of(parts: { group: string; resource: string; subresource?: string | null | undefined; verb: string; namespaced: boolean; single: boolean }): ActionLabel {
    const key = JSON.stringify([parts.group, parts.resource, parts.subresource ?? '', parts.verb, parts.namespaced, parts.single])
    const label = this.#known.get(key) ?? makeLabel({ ...parts, subresource: parts.subresource ?? '' })
    this.#known.set(key, label)
    return label
  }
}

/**
 * Refuses a truth of another log: when fewer than half of its auditIDs are in the log and it covers fewer than half of the log's.
 * (A truth of the whole log fits a slice of it, and a truth of a slice fits the whole.)
 * @throws AuditweaveError 'wrong-truth'
 */
export function checkTruthFits(truth: ReadonlyMap<string, TruthRecord>, logAuditIDs: ReadonlyMap<string, number>, name: string): number {
  let found = 0
  for (const auditID of truth.keys()) if (logAuditIDs.has(auditID)) found++
  const most = Math.min(truth.size, logAuditIDs.size)
  if (found >= most / 2) return found
  const counted = (n: number) => n.toLocaleString('en')
  throw new AuditweaveError('wrong-truth', `${name} does not belong to this log: ${counted(found)} of its ${counted(truth.size)} auditIDs are among the log's ${counted(logAuditIDs.size)}. Give the truth of this capture, or import without one.`)
}
