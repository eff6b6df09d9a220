import type { LogLines } from '../log-lines'
import { mentionOf, short } from '../mention'
import { watchLine } from './false-alarms'
import type { EvasionReport, Finding } from './report'
import type { WatchHits } from './watch-hits'

const MOST_ACTORS = 8
const MOST_FINDINGS = 40

/** The watches of ways past detection; a subset of those that ship, by name. */
export const EVASION_WATCHES: readonly string[] = [
  'Command run in a container', 'Command run in a container of kube-system', 'Suspicious command in a container', 'Exec refused', 'Port forwarded to a pod', 'Ephemeral container added',
  'Kubelet reached through the node proxy', 'Pod or service reached through the API server', 'Path traversal in an address', 'Privileged container', 'Pod that shares processes or memory with its node',
  'Sensitive folder of the node mounted', 'Binding to cluster-admin', 'Token made for a service account', 'Token made for a service account of kube-system', 'Secrets of all namespaces listed', 'Secrets refused',
  'Acting as someone else', 'Acting as an administrator', 'Events deleted',
]

/** Who took which of the ways past detection, and in which order. */
export function evasionReport(lines: LogLines, all: readonly WatchHits[]): EvasionReport {
  const hits = all.filter(({ watch }) => EVASION_WATCHES.includes(watch.name))
  const matched = new Map<number, Finding['watches'][number][]>()
  for (const { watch, contexts } of hits) for (const context of contexts) matched.set(context, [...(matched.get(context) ?? []), { name: watch.name, severity: watch.severity }])
  const byUser = new Map<string | null, number[]>()
  for (const context of [...matched.keys()].toSorted((a, b) => a - b)) {
    const user = lines.text(lines.columns.layout.triggerRows[context] ?? -1, 'user')
    byUser.set(user, [...(byUser.get(user) ?? []), context])
  }
  const actors = [...byUser].map(([user, contexts]) => actorOf(lines, user, contexts, matched))
  return {
    watches: hits.map((hit) => ({ ...watchLine(lines, hit), falco: hit.watch.references.some((reference) => reference.startsWith('Falco:')) })),
    contexts: matched.size, actors: actors.toSorted((a, b) => b.watches.length - a.watches.length || b.contexts - a.contexts).slice(0, MOST_ACTORS),
  }
}

function actorOf(lines: LogLines, user: string | null, contexts: readonly number[], matched: ReadonlyMap<number, Finding['watches']>): EvasionReport['actors'][number] {
  const watches = new Set(contexts.flatMap((context) => (matched.get(context) ?? []).map(({ name }) => name)))
  let requests = 0
  for (const row of lines.requestRows()) if (lines.text(row, 'user') === user) requests++
  return { user: short(user), watches: [...watches], contexts: contexts.length, requests, findings: contexts.slice(0, MOST_FINDINGS).map((context) => ({ mention: mentionOf(lines, context), watches: matched.get(context) ?? [] })) }
}
