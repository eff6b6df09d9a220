import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { changesByRules, ruleBatch } from '@/lib/labelling/background/apply'
import { LABEL_RULES, labelRule } from '@/lib/labelling/background/label-rules'
import { previewRules } from '@/lib/labelling/background/preview'
import type { RulesAnswer, RulesTaken } from '@/lib/labelling/background/types'
import { ruleRequests } from '@/lib/store/labelling/rule-requests'
import { writeBatch } from '@/lib/store/labelling/write-batch'
import { requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'

const body = z.strictObject({
  /** Asked in this order. */
  rules: z.array(z.string().min(1).max(64)).min(1).max(LABEL_RULES.length),
  /** Of the act; where it is given, sending this twice does it once. */
  id: z.uuid().optional(),
})

/** The named rules that set lines apart, and what each would take by now. */
export const GET = handle({ params: idParams }, async ({ params }) => {
  const { id } = await requireDataset(params.id)
  const requests = await ruleRequests(id)
  return { state: requests === null ? 'none' : 'ready', rules: previewRules(requests ?? []) } satisfies RulesAnswer
})

/** Has rules take what they would, in one act that undo takes back. */
export const POST = handle({ params: idParams, body, role: 'reviewer' }, async ({ params, body: wish, who }): Promise<RulesTaken> => {
  const { id } = await requireDataset(params.id)
  const rules = wish.rules.map((one) => labelRule(one) ?? unknown(one))
  const requests = await ruleRequests(id)
  if (requests === null) throw new AuditweaveError('wrong-state', 'The log has not been read for rules yet. Start suggestions first; it takes some seconds.')
  const changes = changesByRules(requests, rules)
  if (changes.length === 0) return { batch: null, taken: 0, newest: 0 }
  const batch = ruleBatch(wish.id ?? randomUUID(), changes, rules)
  const outcome = await writeBatch(id, batch, who.name)
  if (outcome.state === 'conflict') throw new AuditweaveError('stale-labels', `Another has labelled ${outcome.conflicts.length} of these requests just now. Look at what the rules would take again, then apply them.`)
  return { batch: batch.id, taken: outcome.labels.length, newest: outcome.newest }
})

function unknown(rule: string): never {
  throw new AuditweaveError('unknown-rule', `There is no rule "${rule.slice(0, 64)}". Those there are: ${LABEL_RULES.map(({ id }) => id).join(', ')}.`)
}
