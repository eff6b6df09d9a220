import type { LabelStanding, Role } from '../types'
import { LABEL_RULES, type LabelRule } from './label-rules'

/** A request as rules see it before they take it. */
export interface RuleRequest {
  readonly auditID: string
  /** Ids of all rules that it meets. */
  readonly met: readonly string[]
  /** What it is suggested to be; null where nothing is. */
  readonly suggested: Role | null
  readonly standing: LabelStanding
  /** What it is labelled as; null where it is not. */
  readonly role: Role | null
}

/** What a rule would take, before it takes it. Counts are of requests. */
export interface RulePreview {
  readonly id: string
  readonly reason: string
  readonly note: string | null
  readonly role: Role
  readonly set: LabelRule['set']
  readonly certainty: LabelRule['certainty']
  /** All that meet it. */
  readonly meets: number
  /** Of these, what it would label now. */
  readonly takes: number
  /** People labelled these: they stay as they are. */
  readonly labelled: number
  /** Of those, the ones that people call something else. */
  readonly disagrees: number
  /** A rule took these already. */
  readonly automatic: number
  /** Links lead from these to a user's action: left alone by a rule that yields to links, taken by others. */
  readonly linked: number
  /** Other rules that meet some of the same, the most first. */
  readonly overlaps: readonly { readonly rule: string; readonly requests: number }[]
  /** auditIDs of some that it would take, spread over the log; of some that meet it where it takes none. */
  readonly samples: readonly string[]
}

const SAMPLES = 5

/** Whether a rule would label a request: nothing that bears a label, and nothing that links explain where the rule yields to them. */
export function takes(rule: LabelRule, { met, standing, suggested }: RuleRequest): boolean {
  if (!met.includes(rule.id) || (standing !== 'unlabelled' && standing !== 'suggested')) return false
  return rule.certainty === 'always' || !isLinked(suggested)
}

const isLinked = (role: Role | null): boolean => role === 'trigger' || role === 'consequence'
const isPersons = (standing: LabelStanding): boolean => standing === 'labelled' || standing === 'reviewed'

/** What each rule would take of a log, each by itself. Rules that nothing meets stay in the list, so that a reader sees that they were asked. */
export function previewRules(requests: readonly RuleRequest[], rules: readonly LabelRule[] = LABEL_RULES): RulePreview[] {
  const byRule = new Map<string, RuleRequest[]>(rules.map(({ id }) => [id, []]))
  for (const request of requests) for (const id of request.met) byRule.get(id)?.push(request)
  return rules.map((rule) => previewOf(rule, byRule.get(rule.id) ?? []))
}

function previewOf(rule: LabelRule, met: readonly RuleRequest[]): RulePreview {
  const taken = met.filter((request) => takes(rule, request))
  const labelled = met.filter(({ standing }) => isPersons(standing))
  const overlaps = new Map<string, number>()
  for (const { met: ids } of met) for (const id of ids) if (id !== rule.id) overlaps.set(id, (overlaps.get(id) ?? 0) + 1)
  return {
    id: rule.id, reason: rule.reason, note: rule.note ?? null, role: rule.role, set: rule.set, certainty: rule.certainty,
    meets: met.length, takes: taken.length, labelled: labelled.length, disagrees: labelled.filter(({ role }) => role !== rule.role).length,
    automatic: met.filter(({ standing }) => standing === 'automatic').length, linked: met.filter(({ suggested }) => isLinked(suggested)).length,
    overlaps: [...overlaps].map(([id, count]) => ({ rule: id, requests: count })).sort((a, b) => b.requests - a.requests || (a.rule < b.rule ? -1 : 1)),
    samples: spread(taken.length > 0 ? taken : met).map(({ auditID }) => auditID),
  }
}

/** A few of many, at even distances. */
function spread<T>(all: readonly T[]): T[] {
  const count = Math.min(SAMPLES, all.length)
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as T)
}
