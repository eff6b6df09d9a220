import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { makeLabel } from '@/lib/labels/codec'
import type { ArrayFile, StoredArray } from './array-file'
import { TABLE_COLUMNS, type LineTable } from './line-table'

/** Grows whenever `featureRow`, `isModelLine` or `lineTarget` answers otherwise for the same event. */
export const FEATURE_VERSION = 1

/** Grows with what a file holds. */
const LAYOUT = 2

/** All that decides a line table, in a fixed order: the cache's key is its digest. */
export function tableKey(parts: { readonly log: string; readonly labels: string; readonly secretsKept: boolean; readonly limit: number | null }): string {
  return JSON.stringify(['lines', LAYOUT, FEATURE_VERSION, PAPER_FEATURES, parts.log, parts.labels, parts.secretsKept, parts.limit])
}

const dataSchema = z.strictObject({
  values: z.array(z.array(z.string())).length(TABLE_COLUMNS),
  labels: z.array(z.strictObject({ group: z.string(), resource: z.string(), subresource: z.string(), verb: z.string(), namespaced: z.boolean(), single: z.boolean() })),
  auditIDs: z.array(z.string()),
})

export function tableToFile({ codes, labelCodes, values, labels, auditIDs }: LineTable): ArrayFile {
  const parts = labels.map(({ code: _code, ...label }) => label)
  return { data: { values, labels: parts, auditIDs }, arrays: new Map<string, StoredArray>([['codes', codes], ['labelCodes', labelCodes]]) }
}

/** @throws AuditweaveError 'bad-array-file' where the file holds something else */
export function tableFromFile({ data, arrays }: ArrayFile): LineTable {
  const parsed = dataSchema.safeParse(data)
  const [codes, labelCodes] = [arrays.get('codes'), arrays.get('labelCodes')]
  const fits = labelCodes instanceof Int32Array && (codes instanceof Uint16Array || codes instanceof Uint32Array) && codes.length === labelCodes.length * TABLE_COLUMNS
  if (!parsed.success || !fits || parsed.data.auditIDs.length !== labelCodes.length) throw new AuditweaveError('bad-array-file', 'The file of encoded lines holds something else. It is made anew.')
  const { values, labels, auditIDs } = parsed.data
  return { lines: labelCodes.length, codes, labelCodes, values, labels: labels.map((label) => makeLabel(label)), auditIDs }
}
