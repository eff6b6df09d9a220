import type { LabelBatch, LabelChange } from '../types'
import type { LabelRule } from './label-rules'
import { takes, type RuleRequest } from './preview'

/** A request with the newest label event known of it, 0 for none. */
export interface SeenRequest extends RuleRequest { readonly seen: number }

/** Changes by which rules take what they would: each request goes to the first rule, in the order given, that takes it. */
export function changesByRules(requests: readonly SeenRequest[], rules: readonly LabelRule[]): LabelChange[] {
  return requests.flatMap((request): LabelChange[] => {
    const rule = rules.find((one) => takes(one, request))
    if (!rule) return []
    return [{
      auditID: request.auditID, act: { kind: 'label', role: rule.role, label: null, context: null }, seen: request.seen,
      suggestion: { source: 'rule', ref: rule.id, probability: null, reason: rule.reason },
    }]
  })
}

/** One act of rules; what it labels stands as automatic. `id` is a fresh uuid. */
export function ruleBatch(id: string, changes: readonly LabelChange[], rules: readonly LabelRule[]): LabelBatch {
  const [first] = rules
  const what = rules.length === 1 && first ? `rule ${first.id}` : `${rules.length} rules`
  return { id, kind: 'rule', title: `Set ${changes.length.toLocaleString('en')} ${changes.length === 1 ? 'request' : 'requests'} apart by ${what}`, assignment: null, changes }
}
