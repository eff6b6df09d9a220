import type { AuditEvent } from '@/lib/audit/event'
import { BACKGROUND_RULES } from '@/lib/labels/background'
import type { BackgroundRule } from '@/lib/labels/background-rule'
import { PAPER_BACKGROUND_RULES } from '@/lib/labels/paper-background'
import type { Role } from '../types'

/** A named rule that sets lines apart before anybody labels them by hand. */
export interface LabelRule extends BackgroundRule {
  /** What it makes of a request. */
  readonly role: Extract<Role, 'background' | 'nonresource'>
  /** Ours hold on any cluster; the paper's buckets name the parts of one. */
  readonly set: 'ours' | 'paper'
}

const NON_API: LabelRule = {
  id: 'non-api', role: 'nonresource', set: 'ours', certainty: 'always',
  reason: 'The request is for no API object: health, metrics, discovery, version',
  applies: (event) => event.objectRef === null,
}

/** Every rule by which lines may be set apart, in the order they are asked: lines without an object first, ours before the paper's. */
export const LABEL_RULES: readonly LabelRule[] = [
  NON_API,
  // A request without an object is no background of the API but no part of it.
  ...BACKGROUND_RULES.filter(({ id }) => id !== 'component-discovery').map((rule): LabelRule => ({ ...rule, role: 'background', set: 'ours' })),
  ...PAPER_BACKGROUND_RULES.map((rule): LabelRule => ({ ...rule, role: 'background', set: 'paper' })),
]

const BY_ID: ReadonlyMap<string, LabelRule> = new Map(LABEL_RULES.map((rule) => [rule.id, rule]))

/** The rule of an id; undefined where there is none. */
export function labelRule(id: string): LabelRule | undefined {
  return BY_ID.get(id)
}

/** Ids of all rules that an event meets, the first to be asked first. */
export function rulesMet(event: AuditEvent): string[] {
  return LABEL_RULES.filter((rule) => rule.applies(event)).map(({ id }) => id)
}
