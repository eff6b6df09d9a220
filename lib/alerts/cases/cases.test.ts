import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { compileColumns, explainQuery, parseQuery, pathsRead } from '@/lib/query'
import { STARTER_WATCHES } from '@/lib/live/starter-watches'
import { sentEvents } from '@/lib/live/starter-watches/testing'
import { LINE_PATHS, type LogLines } from '../log-lines'
import { linesOf, shippedLines } from '../testing.node.ts'
import { EVASION_WATCHES } from './evasion'
import { casePaths, caseReports, type CaseReports } from './index'
import { perLine } from './per-line'
import { quoteText } from './quote'

const events: AuditEvent[] = []
let lines: LogLines
let reports: CaseReports
/** A request once, by its fullest stage. */
const requests = new Map<string, AuditEvent>()
const RANK: Readonly<Record<string, number>> = { ResponseComplete: 2, ResponseStarted: 1 }

beforeAll(async () => {
  for await (const batch of readAudit(openSource('datasets/incidents-a/audit.jsonl.gz')).events) events.push(...batch)
  for (const event of events) if ((RANK[event.stage ?? ''] ?? 0) >= (RANK[requests.get(event.auditID)?.stage ?? ''] ?? -1)) requests.set(event.auditID, event)
  lines = await shippedLines('incidents-a', casePaths())
  reports = caseReports(lines)
})

const counted = (test: (event: AuditEvent) => boolean): number => [...requests.values()].filter(test).length
const code = (event: AuditEvent): number => event.responseStatus?.code ?? 0

describe('the cases on incidents-a, against counts of the log itself', () => {
  it('counts the log', () => expect(reports.log).toMatchObject({ lines: events.length, requests: requests.size }))

  it('finds the component that is refused its lease', () => {
    const { malfunction } = reports
    expect(malfunction.failed).toBe(counted((event) => code(event) >= 400))
    expect(malfunction.refused).toBe(counted((event) => code(event) === 401 || code(event) === 403))
    for (const { code: which, requests: count } of malfunction.codes) expect(count).toBe(counted((event) => code(event) === which))
    const lease = [...requests.values()].filter((event) => event.objectRef?.resource === 'leases' && code(event) === 401)
    const [first] = malfunction.repeats
    expect(first).toMatchObject({ requests: lease.length, resource: 'leases', namespace: lease[0]?.objectRef?.namespace, name: lease[0]?.objectRef?.name, code: 401, user: null, verbs: ['get', 'update'], carriedOut: 0, othersWrote: 0 })
    expect(first?.firstMicros).toBe(Math.min(...lease.map(({ receivedMicros }) => receivedMicros ?? Infinity)))
    expect(first?.medianGapMicros).toBeGreaterThan(400_000)
    expect(first?.medianGapMicros).toBeLessThan(600_000)
    expect(malfunction.over?.refused.reduce((sum, count) => sum + count, 0)).toBe(malfunction.refused)
    expect(malfunction.over?.repeated.reduce((sum, count) => sum + count, 0)).toBe(lease.length)
    // its query finds exactly these, each a context of its own
    expect(compileColumns(parseQuery(first?.query ?? '')).run(lines.columns).count()).toBe(lease.length)
  })

  it('counts rules line by line and by context', () => {
    const { falseAlarms } = reports
    const of = (name: string): CaseReports['falseAlarms']['watches'][number] | undefined => falseAlarms.watches.find((watch) => watch.name === name)
    const tokens = [...requests.values()].filter(({ objectRef, verb, ...event }) => objectRef?.resource === 'serviceaccounts' && objectRef.subresource === 'token' && verb === 'create' && code(event as AuditEvent) < 400)
    const external = tokens.filter(({ user }) => !user?.username?.startsWith('system:'))
    expect(of('Token made for a service account')).toMatchObject({ requests: tokens.length, contexts: external.length })
    expect(of('Token made for a service account')?.outside).toBeLessThan(tokens.length - external.length)
    expect(of('Much deleted by one action')?.requests).toBeNull()
    expect(falseAlarms.requestAlerts).toBe(falseAlarms.watches.reduce((sum, watch) => sum + (watch.requests ?? 0), 0))
    expect(falseAlarms.contextAlerts).toBe(falseAlarms.watches.reduce((sum, watch) => sum + watch.contexts, 0))
    expect(falseAlarms.contextAlerts).toBeLessThan(falseAlarms.requestAlerts / 2)
    for (const { mention, alerts } of falseAlarms.loudest) expect(alerts, mention.context).toBeGreaterThan(0)
  })

  it('tells who evaded detection, in the order in which it happened', () => {
    const [first] = reports.evasion.actors
    expect(first?.user).toBe('carol')
    expect(first?.requests).toBe(counted(({ user }) => user?.username === 'carol'))
    expect(first?.watches).toEqual(expect.arrayContaining(['Privileged container', 'Command run in a container', 'Kubelet reached through the node proxy', 'Ephemeral container added', 'Token made for a service account of kube-system', 'Binding to cluster-admin', 'Events deleted', 'Path traversal in an address', 'Acting as someone else']))
    const times = first?.findings.map(({ mention }) => mention.micros ?? 0) ?? []
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    const proxied = counted(({ objectRef, ...event }) => objectRef?.resource === 'nodes' && objectRef.subresource === 'proxy' && code(event as AuditEvent) !== 403)
    expect(reports.evasion.watches.find(({ name }) => name === 'Kubelet reached through the node proxy')).toMatchObject({ requests: proxied, falco: false })
    expect(EVASION_WATCHES.filter((name) => !STARTER_WATCHES.some((watch) => watch.name === name))).toEqual([])
  })

  it('follows the stolen token', () => {
    const account = [...new Set([...requests.values()].map(({ user }) => user?.username ?? '').filter((user) => /^system:serviceaccount:(?!kube-system:)/.test(user)))]
    expect(reports.token.known).toBe(account.length)
    const [first] = reports.token.accounts
    const its = [...requests.values()].filter(({ user }) => user?.username === first?.account)
    expect(first).toMatchObject({ requests: its.length, refused: its.filter((event) => code(event) === 403).length, clients: [{ agent: its[0]?.userAgent, scripting: true, requests: its.length }] })
    expect(first?.tokens).toHaveLength(1)
    expect(first?.tokens[0]?.micros).toBeLessThan(first?.firstMicros ?? 0)
    expect(first?.actions).toHaveLength(its.length)
    expect(first?.followed).toBeGreaterThan(10)
    expect(first?.borrowed.map(({ user }) => user)).toEqual(['carol'])
  })

  it('is small enough to be sent', () => expect(JSON.stringify(reports).length).toBeLessThan(300_000))
})

describe('a log with nothing in it', () => {
  it('has nothing to tell', () => {
    const empty = caseReports(linesOf(sentEvents([]), casePaths()))
    expect(empty).toMatchObject({ log: { lines: 0, firstMicros: null }, malfunction: { failed: 0, repeats: [], over: null }, falseAlarms: { requestAlerts: 0, loudest: [] }, evasion: { contexts: 0, actors: [] }, token: { known: 0 } })
  })
})

describe('a watch asked of one line', () => {
  it.each([
    ['verb == "create" and any(resource == "pods" or code == 403)', 'verb == "create" and (resource == "pods" or code == 403)'],
    ['not any(code == 403)', 'not code == 403'],
    ['verb == "delete"', 'verb == "delete"'],
  ])('%s is %s', (text, single) => {
    const node = perLine(parseQuery(text))
    expect(node && explainQuery(node)).toBe(explainQuery(parseQuery(single)))
  })
  it.each(['verb == "delete" and count(resource == "pods") > 10', '2 <= count(resource == "pods") <= 4', 'size > 1 and all(code < 300)'])('%s cannot be', (text) => expect(perLine(parseQuery(text))).toBeNull())
})

it('quotes whatever a log holds, so that the query finds it again', () => {
  const agent = 'a "b" \\ \u202e\u0000\n\ud83d\ude00 \\u0041'
  const made = linesOf(sentEvents([{ agent }, { agent: 'other' }]), [...LINE_PATHS])
  const node = parseQuery(`userAgent == ${quoteText(agent)}`)
  expect(pathsRead(node)).toHaveLength(1)
  expect(compileColumns(node).run(made.columns).toArray()).toEqual([0])
})
