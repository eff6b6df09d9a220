import { CONTEXT_CHECKS } from './context-checks'
import { LogFacts } from './facts'
import { LABEL_CHECKS } from './label-checks'
import { LOG_CHECKS } from './log-checks'
import { ROLE_CHECKS } from './role-checks'
import { SPLIT_CHECKS } from './split-checks'
import type { Check, CheckInput, CheckReport, Finding } from './types'

export const CHECKS: readonly Check[] = [...LABEL_CHECKS, ...CONTEXT_CHECKS, ...ROLE_CHECKS, ...LOG_CHECKS, ...SPLIT_CHECKS]

const MOST_PLACES = 500

/**
 * Holds the labels of a data set against its log and against each other. `clock` gives milliseconds. Findings stand with contradictions
 * first, then by count; a check that found nothing stands last with a count of 0.
 */
export function runChecks(input: CheckInput, options: { readonly places?: number; readonly clock?: () => number } = {}): CheckReport {
  const clock = options.clock ?? (() => performance.now())
  const started = clock()
  const facts = new LogFacts(input)
  const checks = facts.splits.length > 0 ? CHECKS : CHECKS.filter((check) => check.group !== 'splits')
  const findings = checks.map((check) => runCheck(facts, check, options.places ?? MOST_PLACES)).sort(bySeverity)
  return {
    lines: input.log.lines, requests: input.log.auditIDs.length, labelled: input.labels.filter((label) => label !== null).length, contexts: facts.contexts.length,
    splits: facts.splits.map((split) => split.name), findings, milliseconds: clock() - started,
  }
}

function runCheck(facts: LogFacts, { find, id, ...about }: Check, most: number): Finding {
  const places = find(facts).sort((a, b) => a.line - b.line)
  const { log } = facts.input
  return {
    check: id, ...about, count: places.length,
    places: places.slice(0, most).map((place) => ({ ...place, seq: log.seq[place.line] ?? -1, auditID: log.auditIDs[log.request[place.line] ?? -1] ?? '' })),
  }
}

function bySeverity(a: Finding, b: Finding): number {
  return Number(a.count === 0) - Number(b.count === 0) || Number(a.severity === 'look') - Number(b.severity === 'look') || b.count - a.count
}
