import { AuditweaveError } from '@/lib/audit/errors'
import { readRecords } from '@/lib/contexts/read-records'
import type { ActionLabel } from '@/lib/labels/action-label'
import { makeLabel } from '@/lib/labels/codec'
import { z } from 'zod'
import { ROLES, type Role } from './types'

/** What a truth file says of one auditID. */
export interface TruthRecord {
  readonly role: Role
  readonly context: string | null
  readonly label: ActionLabel | null
}

const labelSchema = z.object({
  group: z.string().max(512), resource: z.string().min(1).max(512), subresource: z.string().max(512).nullish(),
  verb: z.string().max(64), namespaced: z.boolean(), single: z.boolean(),
})

const truthSchema = z.object({
  auditID: z.string().min(1).max(512),
  context: z.string().max(512).nullable(),
  role: z.enum(ROLES),
  label: labelSchema.nullable(),
})

/**
 * Reads a truth file (JSON lines of auditID, context, role, label; gzip by content).
 * @throws AuditweaveError 'not-records', 'not-truth-records'
 */
export async function readTruth(source: AsyncIterable<Uint8Array>, name: string): Promise<Map<string, TruthRecord>> {
  const truth = new Map<string, TruthRecord>()
  const labels = new LabelCache()
  let line = 0
  for (const record of await readRecords(source, name)) {
    line++
    const parsed = truthSchema.safeParse(record)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw new AuditweaveError('not-truth-records', `${name}, record ${line}: ${issue?.path.join('.') || 'the record'}: ${issue?.message ?? 'is not valid'}. A truth record is {auditID, context, role, label}.`)
    }
    const { auditID, context, role, label } = parsed.data
    truth.set(auditID, { role, context, label: label === null ? null : labels.of(label) })
  }
  return truth
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
