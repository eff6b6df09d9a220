import type { LogLines } from '../log-lines'
import { mentionOf, short } from '../mention'
import { quoteText } from './quote'
import type { AccountUse, Finding, TokenReport } from './report'
import type { WatchHits } from './watch-hits'

const ACCOUNT = 'system:serviceaccount:'
const MOST_ACCOUNTS = 20
const MOST_ACTIONS = 40
const MOST_CLIENTS = 12
const SCRIPTING = /^(curl|wget|python|go-http-client|okhttp|java\/|node|axios|ruby|perl|httpie|postman|powershell|libwww)/i

/** Service accounts from outside the control plane: who used them, from where, and what came of it. */
export function tokenReport(lines: LogLines, hits: readonly WatchHits[]): TokenReport {
  const rows = new Map<string, number[]>()
  for (const row of lines.requestRows()) {
    const user = lines.text(row, 'user')
    if (user === null || !user.startsWith(ACCOUNT) || user.startsWith(`${ACCOUNT}kube-system:`)) continue
    const known = rows.get(user)
    if (known) known.push(row)
    else rows.set(user, [row])
  }
  const accounts = [...rows].map(([account, its]) => accountUse(lines, account, its, hits))
  return { known: accounts.length, accounts: accounts.toSorted((a, b) => b.signs.length - a.signs.length || b.requests - a.requests).slice(0, MOST_ACCOUNTS) }
}

function accountUse(lines: LogLines, account: string, rows: readonly number[], hits: readonly WatchHits[]): AccountUse {
  const times = rows.map((row) => lines.micros(row)).filter((time) => !Number.isNaN(time)).toSorted((a, b) => a - b)
  const contexts = [...new Set(rows.map((row) => lines.contextOf(row)).filter((context) => context >= 0))].filter((context) => lines.text(lines.columns.layout.triggerRows[context] ?? -1, 'user') === account)
  const refused = rows.filter((row) => lines.code(row) === 403).length
  const tokens = tokensFor(lines, account)
  const clients = clientsOf(lines, rows)
  const events = contexts.reduce((sum, context) => sum + (lines.columns.layout.sizes[context] ?? 0), 0)
  return {
    account: short(account) ?? '', requests: rows.length, refused, firstMicros: times[0] ?? null, lastMicros: times.at(-1) ?? null, clients: clients.slice(0, MOST_CLIENTS),
    tokens: tokens.slice(0, MOST_ACTIONS).map((context) => mentionOf(lines, context)), signs: signsOf(lines, { rows, refused, tokens, clients }), query: `username == ${quoteText(account)}`,
    actions: contexts.slice(0, MOST_ACTIONS).map((context): Finding => ({ mention: mentionOf(lines, context), watches: watchesOf(hits, context) })),
    borrowed: borrowedBy(lines, account).slice(0, MOST_ACTIONS).map((context) => mentionOf(lines, context)), followed: events - contexts.length,
  }
}

function watchesOf(hits: readonly WatchHits[], context: number): Finding['watches'] {
  return hits.filter(({ contexts }) => contexts.includes(context)).map(({ watch: { name, severity } }) => ({ name, severity }))
}

function clientsOf(lines: LogLines, rows: readonly number[]): AccountUse['clients'] {
  const clients = new Map<string, { agent: string | null; source: string | null; scripting: boolean; requests: number; firstMicros: number | null }>()
  for (const row of rows) {
    const [agent, source, at] = [short(lines.text(row, 'agent')), short(lines.source(row)), lines.micros(row)]
    const key = JSON.stringify([agent, source])
    const known = clients.get(key) ?? { agent, source, scripting: SCRIPTING.test(agent ?? ''), requests: 0, firstMicros: Number.isNaN(at) ? null : at }
    known.requests++
    clients.set(key, known)
  }
  return [...clients.values()]
}

/** Contexts whose trigger passes a test, in order. */
function triggersWith(lines: LogLines, test: (row: number) => boolean): number[] {
  return [...lines.columns.layout.triggerRows].flatMap((row, context) => (row >= 0 && test(row) ? [context] : []))
}

function tokensFor(lines: LogLines, account: string): number[] {
  return triggersWith(lines, (row) => lines.text(row, 'subresource') === 'token' && lines.text(row, 'resource') === 'serviceaccounts' && `${ACCOUNT}${lines.text(row, 'namespace') ?? ''}:${lines.text(row, 'name') ?? ''}` === account && (lines.code(row) ?? 0) < 400)
}

function borrowedBy(lines: LogLines, account: string): number[] {
  return triggersWith(lines, (row) => lines.text(row, 'actingAs') === account)
}

interface Signs { readonly rows: readonly number[]; readonly refused: number; readonly tokens: readonly number[]; readonly clients: AccountUse['clients'] }

/** Why one would look closer; each is a fact of the log, none of them alone is proof. */
function signsOf(lines: LogLines, { rows, refused, tokens, clients }: Signs): string[] {
  const signs: string[] = []
  if (tokens.length > 0) signs.push('a token was made for it by someone from outside the control plane')
  if (clients.some(({ scripting }) => scripting)) signs.push('a scripting client used it')
  if (clients.length > 1 && new Set(clients.map(({ source }) => source)).size > 1) signs.push('it was used from several addresses')
  if (refused > 0) signs.push(`${refused} of its ${rows.length} requests were refused`)
  if (rows.some((row) => /^selfsubject(access|rules)?reviews$/.test(lines.text(row, 'resource') ?? ''))) signs.push('it asked what it may do')
  if (rows.some((row) => lines.text(row, 'resource') === 'secrets' && lines.text(row, 'verb') === 'list')) signs.push('it listed Secrets')
  return signs
}
