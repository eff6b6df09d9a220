import { z } from 'zod'
import { slicePredicate, sliceSpecSchema } from '@/lib/labelling/dataset/slice'
import { mergeModeSchema } from '@/lib/labelling/dataset/merge'
import { reserveDataset } from '@/lib/store/import-state'
import { spawnChild } from './spawn-child'

const common = { name: z.string(), actor: z.string() }
const reference = z.string().min(1).max(300)

/** What a child process is told to make. The key of pseudonyms is no part of it: it goes by the child's environment alone. */
export const derivationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slice'), reference, spec: sliceSpecSchema, ...common }),
  z.strictObject({ kind: z.literal('merge'), references: z.array(reference).min(2), mode: mergeModeSchema, ...common }),
  z.strictObject({ kind: z.literal('pseudonymise'), reference, ...common }),
])
export type DerivationPlan = z.infer<typeof derivationSchema>

export const KEY_VARIABLE = 'AUDITWEAVE_PSEUDONYM_KEY'

/**
 * Begins to make a data set in a process of its own, which ends with this one; answers the id of its row, which says how far it is and what
 * went wrong. (No worker carries it out: a job is stored, and a key must not be.)
 * @throws AuditweaveError 'name-taken', 'bad-name', QueryError for a slice by a query that is none
 */
export async function launchDerivation(plan: DerivationPlan, key?: string): Promise<string> {
  if (plan.kind === 'slice') slicePredicate(plan.spec)
  const id = await reserveDataset(plan.name, plan.name, { waits: false })
  const child = spawnChild('derive-child', [JSON.stringify({ id, plan })], key === undefined ? {} : { [KEY_VARIABLE]: key })
  void child.ended.then(({ code, output }) => {
    if (code !== 0) console.error(`making the data set ${id} failed: ${output.slice(-1000)}`)
  })
  return id
}
