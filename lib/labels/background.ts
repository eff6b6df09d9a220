import type { AuditEvent } from '@/lib/audit/event'
import { firstRule } from './background-rule'
import type { BackgroundRule } from './background-rule'
import { BOOTSTRAP_RULES } from './background-bootstrap'
import { HEARTBEAT_RULES } from './background-heartbeat'
import { INFORMER_RULES } from './background-informer'

/**
 * Our background rules: told by what the components of any cluster do to objects of fixed
 * Kubernetes names, never by the names of one cluster. All ask for a component as the user (see
 * `isExternalUser`), so that no trigger is ever background. Rules that hold always stand first.
 */
export const BACKGROUND_RULES: readonly BackgroundRule[] = [...HEARTBEAT_RULES, ...INFORMER_RULES, ...BOOTSTRAP_RULES].sort(
  (a, b) => Number(a.certainty === 'unless-linked') - Number(b.certainty === 'unless-linked'),
)

/** The rule that makes an event background, or null. `unless-linked` ones yield to any link. */
export function backgroundRule(event: AuditEvent, rules: readonly BackgroundRule[] = BACKGROUND_RULES): { id: string; reason: string; certainty: BackgroundRule['certainty'] } | null {
  const rule = firstRule(rules, event)
  return rule && { id: rule.id, reason: rule.reason, certainty: rule.certainty }
}
