import type { ForeignAlert } from './foreign-alert'
import { ALERT_LIMITS } from './limits'
import { RequestFinder } from './locate'
import type { LogLines } from './log-lines'
import { mentionOf, type ContextMention } from './mention'

/** One rule before and after: how often it spoke, and of how many contexts. */
export interface FoldedRule {
  readonly rule: string
  readonly severity: string
  readonly alerts: number
  readonly contexts: number
  /** Client invocations that those contexts are of; a context that is of none counts for itself. */
  readonly commands: number
  /** Of its alerts, those of requests that are in no context. */
  readonly outside: number
}

/** A context with all that was said of it. */
export interface FoldedContext extends ContextMention {
  readonly alerts: number
  readonly rules: readonly { readonly rule: string; readonly alerts: number }[]
}

/** One invocation of a client, by the first of its contexts that an alert met; a context that is of none stands for itself. */
export interface FoldedCommand {
  readonly first: ContextMention
  readonly contexts: number
  readonly alerts: number
  /** Those that spoke, loudest first. */
  readonly rules: readonly string[]
}

export interface FoldedAlerts {
  readonly alerts: number
  readonly contexts: readonly FoldedContext[]
  /** Loudest first. */
  readonly commands: readonly FoldedCommand[]
  readonly rules: readonly FoldedRule[]
  /** How the requests were found, and which alerts met no context: what the control plane does of itself, what the log does not have, what cannot be told. */
  readonly found: { readonly byAuditID: number; readonly byTime: number; readonly background: number; readonly notInLog: number; readonly notTold: number }
  /** The first alerts that met no context, with why. */
  readonly outside: readonly { readonly line: number; readonly rule: string; readonly why: 'background' | 'not-in-log' | 'not-told'; readonly text: string | null }[]
}

const MOST_OUTSIDE = 100
const OTHER_RULES = 'all other rules'

interface RuleCount { severity: string; alerts: number; outside: number; readonly contexts: Set<number>; readonly commands: Set<string> }
interface ContextCount { alerts: number; readonly rules: Map<string, number> }

/** Folds alerts, which are about single requests, into the contexts that these belong to. */
export function foldAlerts(alerts: readonly ForeignAlert[], lines: LogLines): FoldedAlerts {
  const finder = new RequestFinder(lines)
  const rules = new Map<string, RuleCount>()
  const contexts = new Map<number, ContextCount>()
  const found = { byAuditID: 0, byTime: 0, background: 0, notInLog: 0, notTold: 0 }
  const outside: FoldedAlerts['outside'][number][] = []
  for (const alert of alerts) {
    const rule = ruleOf(rules, alert)
    rule.alerts++
    const located = finder.find(alert)
    const context = 'row' in located ? lines.contextOf(located.row) : -1
    if ('row' in located) found[located.by === 'auditID' ? 'byAuditID' : 'byTime']++
    if (context >= 0) {
      rule.contexts.add(context)
      rule.commands.add(commandOf(lines, context))
      countContext(contexts, context, alert.rule)
      continue
    }
    rule.outside++
    const why = 'row' in located ? 'background' : located.by
    found[why === 'background' ? 'background' : why === 'not-in-log' ? 'notInLog' : 'notTold']++
    if (outside.length < MOST_OUTSIDE) outside.push({ line: alert.line, rule: alert.rule, why, text: alert.text })
  }
  return { alerts: alerts.length, contexts: contextsOf(contexts, lines), commands: commandsOf(contexts, lines), rules: rulesOf(rules), found, outside }
}

function ruleOf(rules: Map<string, RuleCount>, { rule, severity }: ForeignAlert): RuleCount {
  const name = rules.has(rule) || rules.size < ALERT_LIMITS.rules ? rule : OTHER_RULES
  const known = rules.get(name) ?? { severity, alerts: 0, outside: 0, contexts: new Set(), commands: new Set() }
  rules.set(name, known)
  return known
}

function countContext(contexts: Map<number, ContextCount>, context: number, rule: string): void {
  const known = contexts.get(context) ?? { alerts: 0, rules: new Map() }
  known.alerts++
  known.rules.set(rule, (known.rules.get(rule) ?? 0) + 1)
  contexts.set(context, known)
}

/** What one invocation of a client made counts as one; a context that is of none counts for itself. */
export function commandOf(lines: LogLines, context: number): string {
  const found = lines.columns.found.contexts[context]
  const command = found !== undefined && 'command' in found ? found.command : null
  return typeof command === 'string' ? `command ${command}` : `context ${found?.id ?? ''}`
}

function commandsOf(counts: ReadonlyMap<number, ContextCount>, lines: LogLines): FoldedCommand[] {
  const commands = new Map<string, { first: number; contexts: number; alerts: number; readonly rules: Map<string, number> }>()
  for (const [context, { alerts, rules }] of counts) {
    const key = commandOf(lines, context)
    const known = commands.get(key) ?? { first: context, contexts: 0, alerts: 0, rules: new Map() }
    known.first = Math.min(known.first, context)
    known.contexts++
    known.alerts += alerts
    for (const [rule, count] of rules) known.rules.set(rule, (known.rules.get(rule) ?? 0) + count)
    commands.set(key, known)
  }
  return [...commands.values()]
    .toSorted((a, b) => b.alerts - a.alerts || a.first - b.first)
    .map(({ first, contexts, alerts, rules }) => ({ first: mentionOf(lines, first), contexts, alerts, rules: [...rules].toSorted((a, b) => b[1] - a[1]).map(([rule]) => rule) }))
}

function contextsOf(counts: ReadonlyMap<number, ContextCount>, lines: LogLines): FoldedContext[] {
  return [...counts]
    .toSorted(([a, m], [b, n]) => n.alerts - m.alerts || a - b)
    .map(([context, { alerts, rules }]) => ({ ...mentionOf(lines, context), alerts, rules: [...rules].map(([rule, count]) => ({ rule, alerts: count })).toSorted((a, b) => b.alerts - a.alerts) }))
}

function rulesOf(rules: ReadonlyMap<string, RuleCount>): FoldedRule[] {
  return [...rules]
    .map(([rule, { severity, alerts, outside, contexts, commands }]) => ({ rule, severity, alerts, outside, contexts: contexts.size, commands: commands.size }))
    .toSorted((a, b) => b.alerts - a.alerts || (a.rule < b.rule ? -1 : 1))
}
