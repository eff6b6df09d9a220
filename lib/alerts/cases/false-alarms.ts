import { commandOf } from '../fold'
import type { LogLines } from '../log-lines'
import { mentionOf } from '../mention'
import type { FalseAlarmsReport, WatchLine } from './report'
import { foldRows, type WatchHits } from './watch-hits'

const MOST_LOUD = 12

export function watchLine(lines: LogLines, { watch, contexts, rows }: WatchHits): WatchLine {
  const folded = foldRows(lines, rows ?? [])
  return { ...watch, requests: rows === null ? null : folded.requests, foldedContexts: folded.contexts, foldedCommands: folded.commands, outside: folded.outside, contexts: contexts.length }
}

/** The same rules asked line by line and of contexts: how many alerts there are, and what they come down to. */
export function falseAlarmsReport(lines: LogLines, hits: readonly WatchHits[]): FalseAlarmsReport {
  const watches = hits.map((hit) => watchLine(lines, hit)).toSorted((a, b) => (b.requests ?? 0) - (a.requests ?? 0) || b.contexts - a.contexts || (a.name < b.name ? -1 : 1))
  const alerted = hits.flatMap(({ rows }) => rows ?? [])
  const folded = foldRows(lines, alerted)
  return {
    watches, requestAlerts: alerted.length, contextAlerts: hits.reduce((sum, { contexts }) => sum + contexts.length, 0), foldedContexts: folded.contexts, foldedCommands: folded.commands,
    outside: folded.outside, alertedContexts: new Set(hits.flatMap(({ contexts }) => contexts)).size, loudest: loudest(lines, hits),
  }
}

function loudest(lines: LogLines, hits: readonly WatchHits[]): FalseAlarmsReport['loudest'] {
  const commands = new Map<string, { first: number; alerts: number; readonly contexts: Set<number>; readonly rules: Set<string> }>()
  for (const { watch, rows } of hits) for (const row of rows ?? []) {
    const context = lines.contextOf(row)
    if (context < 0) continue
    const key = commandOf(lines, context)
    const known = commands.get(key) ?? { first: context, alerts: 0, contexts: new Set(), rules: new Set() }
    known.first = Math.min(known.first, context)
    known.alerts++
    known.contexts.add(context)
    known.rules.add(watch.name)
    commands.set(key, known)
  }
  const top = [...commands.values()].toSorted((a, b) => b.alerts - a.alerts || a.first - b.first).slice(0, MOST_LOUD)
  return top.map(({ first, alerts, contexts, rules }) => ({
    mention: mentionOf(lines, first), contexts: contexts.size, alerts, rules: [...rules], raised: hits.filter((hit) => hit.contexts.some((context) => contexts.has(context))).map(({ watch }) => watch.name),
  }))
}
