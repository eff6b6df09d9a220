import { fileURLToPath } from 'node:url'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import type { AuditEvent } from '@/lib/audit/event'
import { formatMicros } from '@/lib/audit/time'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { compileColumns, EventColumns, isQueryError, parseQuery, QueryColumns } from '@/lib/query'
import { cpuMilliseconds } from '@/lib/query/testing/cpu-time'
import { referenceMatches } from '@/lib/query/testing/reference'

const INPUT = process.argv[2] ?? fileURLToPath(new URL('../datasets/lab-a/audit.jsonl.gz', import.meta.url))
const ROUNDS = 41
const LARGE = 1_000_000
/** Milliseconds: of the median of all queries on the log, of each on a million events, of a hostile one. */
const [BAR, LARGE_BAR, HOSTILE_BAR] = [1, 150, 50]

/** The paper's three queries (its Table 7, with times of the log), and ten harder ones. */
const QUERIES = [
  'username == "kubernetes-admin" or stagetimestamp >= 2026-11-23T06:46:00Z',
  '(username == "kubernetes-admin" and exists(namespace)) or 2026-11-23T06:44:00Z <= stagetimestamp <= 2026-11-23T06:46:00Z',
  '(username == "kubernetes-admin" and exists(namespace)) or (username == regexp(".*controller.*") and 2026-11-23T06:44:00Z <= stagetimestamp <= 2026-11-23T06:46:00Z)',
  'verb == "create" and objectRef.namespace == "default"',
  'resource in [pods, deployments, "replicasets"] and code not in [200, 201]',
  'userAgent contains~ "KUBECTL" and not name matches "[0-9]{3}$"',
  'requestTime > now - 10m and latency > 5ms',
  'verb == "delete" and count(resource == "pods") > 10',
  'size > 10 and duration > 5s and "system:kube-scheduler" in users',
  'any(code >= 400 and username != context.trigger.user)',
  'all(code < 300) and size >= 20',
  'requestObject.spec.replicas > 2 or requestObject.spec.containers[*].image ==~ "NGINX"',
  'count(resource == "pods" and verb == "create") == count(resource == "pods" and verb == "delete") and label.resource in (deployments, jobs)',
]

/** Refused, or answered within the bar. */
const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['(a+)+$', 'requestURI matches "(a+)+$"'],
  ['(x+x+)+y on every text', 'requestURI matches "(x+x+)+y" or userAgent matches "(x+x+)+y" or username matches "(x+x+)+y"'],
  ['(.*)* nested', 'requestURI matches "((.*)*)*b$"'],
  ['a pattern of a thousand instructions', `requestURI matches "${'[a-z]{10}'.repeat(90)}"`],
  ['as many such patterns as a query holds', Array.from({ length: 2 }, () => 'requestURI matches "[a-z/]{940}"').join(' or ')],
  ['300 such patterns', Array.from({ length: 300 }, () => 'requestURI matches "[a-z]{900}"').join(' or ')],
  ['2,000 levels', `${'('.repeat(2000)}verb == "get"${')'.repeat(2000)}`],
  ['64 levels', `${'not ('.repeat(31)}verb == "get"${')'.repeat(31)}`],
  ['300 tests', Array.from({ length: 300 }, (_, at) => `name != "x${at}"`).join(' and ')],
  ['1,000 values', `name in (${Array.from({ length: 1000 }, (_, at) => `"x${at}"`).join(', ')})`],
  ['10,000 tests', Array.from({ length: 10_000 }, () => 'a').join(' == ')],
  ['__proto__', '__proto__.polluted == 1 or constructor.prototype == 2'],
  ['requestObject.__proto__', 'requestObject.__proto__ == 1'],
  ['100 KB of one text', `verb == "${'a'.repeat(100_000)}"`],
  ['members of members', 'any(any(any(code == 403)))'],
]

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function timed(run: () => unknown): number {
  const began = performance.now()
  run()
  return performance.now() - began
}

interface Log {
  readonly columns: QueryColumns
  /** Micros of the last event. */
  readonly now: number
  /** The triggers by context, and members, as parsed JSON. */
  readonly rows: readonly { readonly row: object; readonly members: readonly object[] }[]
}

const warm = (events: EventColumns, contexts: readonly ContextRecord[], records: readonly ReconstructedRecord[]): QueryColumns => new QueryColumns(events, { contexts, records }).warm()

/** Parsed JSON for the reference implementation: every line with what was found about it, and the members of each context. */
function rowsOf(kept: ReadonlyMap<string, object>, contexts: readonly ContextRecord[], records: readonly ReconstructedRecord[]): Log['rows'] {
  const about = new Map(records.map((record) => [record.auditID, record]))
  return contexts.map((context) => ({
    row: { ...kept.get(context.trigger.auditID), label: context.label, role: 'trigger', confidence: 1, context: { ...context, users: undefined } },
    members: context.members.map((auditID) => {
      const { role, label, confidence } = about.get(auditID) ?? {}
      return { ...kept.get(auditID), role, label, confidence, context }
    }),
  }))
}

/** What these queries name of a body: all of them would not fit, for the reference or a million times. */
function slim(body: AuditEvent['requestObject']): AuditEvent['requestObject'] {
  const spec = typeof body === 'object' && body !== null && !Array.isArray(body) ? body.spec : null
  return typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? { spec: { replicas: spec.replicas ?? null, containers: spec.containers ?? null } } : null
}

async function readLog(): Promise<{ log: Log; lines: AuditEvent[]; contexts: ContextRecord[]; records: ReconstructedRecord[] }> {
  const events = new EventColumns()
  const stream = new StreamingReconstruction()
  const lines: AuditEvent[] = []
  for await (const batch of readAudit(openSource(INPUT)).events) {
    events.add(batch)
    stream.add(batch)
    for (const event of batch) lines.push({ ...event, responseObject: null, requestObject: slim(event.requestObject) })
  }
  const { contexts, records } = stream.finish()
  const kept = new Map(lines.filter(({ stage }) => stage !== 'RequestReceived').map((event) => [event.auditID, logged(event)]))
  const now = Math.max(...lines.map((event) => event.receivedMicros ?? 0))
  return { log: { columns: warm(events, contexts, records), now, rows: rowsOf(kept, contexts, records) }, lines, contexts, records }
}

/** As a log has it: what is null was not there. */
function logged(event: AuditEvent): object {
  return JSON.parse(JSON.stringify(event, (_, value: unknown) => value ?? undefined)) as object
}

/** The log again and again, later each time and of other requests, until it has a million events. */
function enlarged(lines: readonly AuditEvent[], contexts: readonly ContextRecord[], records: readonly ReconstructedRecord[]): QueryColumns {
  const events = new EventColumns()
  const [all, about]: [ContextRecord[], ReconstructedRecord[]] = [[], []]
  const [first, last] = [lines[0]?.receivedMicros ?? 0, lines.at(-1)?.receivedMicros ?? 0]
  for (let copy = 0; events.size < LARGE; copy++) {
    const later = (micros: number | null): number | null => (micros === null ? null : micros + copy * (last - first + 1_000_000))
    const laterText = (text: string | null): string | null => { const at = text === null ? null : later(Date.parse(text) * 1000); return at === null ? null : formatMicros(at) }
    const id = (auditID: string): string => `${auditID}-${copy}`
    const batch = lines.slice(0, LARGE - events.size).map((event) => {
      const [receivedMicros, stageMicros] = [later(event.receivedMicros), later(event.stageMicros)]
      return { ...event, auditID: id(event.auditID), receivedMicros, stageMicros, requestReceivedTimestamp: receivedMicros === null ? null : formatMicros(receivedMicros), stageTimestamp: stageMicros === null ? null : formatMicros(stageMicros) }
    })
    events.add(batch)
    for (const one of contexts) all.push({ ...one, id: id(one.id), trigger: { ...one.trigger, auditID: id(one.trigger.auditID) }, first: laterText(one.first), last: laterText(one.last), members: one.members.map(id) })
    for (const one of records) about.push({ ...one, auditID: id(one.auditID), links: [] })
  }
  return warm(events, all, about)
}

/** The answers by the reference, once; it says whether they are the same. */
function check(text: string, { columns, now, rows }: Log): number {
  const node = parseQuery(text)
  const ours = compileColumns(node).run(columns, { now }).toArray()
  const theirs = rows.flatMap(({ row, members }, at) => (referenceMatches(node, withUsers(row, members), { members, now }) ? [at] : []))
  if (ours.join() !== theirs.join()) throw new Error(`columns and reference disagree about ${text}: ${ours.length} and ${theirs.length}`)
  return ours.length
}

/** `context.users` is found, not logged: the reference is told it. */
function withUsers(row: object, members: readonly object[]): object {
  const users = [...new Set(members.flatMap((member) => (member as { user?: { username?: string } }).user?.username ?? []))]
  return { ...row, context: { ...(row as { context: object }).context, users } }
}

function measure(text: string, columns: QueryColumns, now: number): { again: number; fresh: number; matched: number } {
  const asked = compileColumns(parseQuery(text))
  const matched = asked.run(columns, { now }).count()
  return {
    matched,
    again: median(Array.from({ length: ROUNDS }, () => timed(() => asked.run(columns, { now })))),
    fresh: median(Array.from({ length: ROUNDS }, () => timed(() => compileColumns(parseQuery(text)).run(columns, { now })))),
  }
}

function table(title: string, columns: QueryColumns, now: number, bar: number, matchedOf: (text: string) => number | null): void {
  process.stdout.write(`${title}: ${columns.contexts.size} contexts, ${columns.members.size} members, ${columns.lines.size} lines\n     ms   ms with parsing   matches   query\n`)
  const all = QUERIES.map((text) => {
    const one = measure(text, columns, now)
    const wanted = matchedOf(text)
    if (wanted !== null && wanted !== one.matched) throw new Error(`${text}: ${one.matched}, and ${wanted} by the reference`)
    process.stdout.write(`${one.again.toFixed(3).padStart(7)} ${one.fresh.toFixed(3).padStart(17)} ${String(one.matched).padStart(9)}   ${text}\n`)
    return one
  })
  const [again, fresh] = [all.map((one) => one.again), all.map((one) => one.fresh)]
  process.stdout.write(`median ${median(again).toFixed(3)} ms, slowest ${Math.max(...again).toFixed(3)} ms; with parsing ${median(fresh).toFixed(3)} and ${Math.max(...fresh).toFixed(3)} ms (bar ${bar})\n\n`)
}

/** Processor time from text to answer; what is refused is answered too. */
function hostile([name, text]: (typeof HOSTILE)[number], { columns, now }: Log): number {
  let outcome = ''
  const ms = cpuMilliseconds(() => {
    try {
      const query = compileColumns(parseQuery(text))
      outcome = columns.events.missing(query.node).length > 0 ? 'reads the log for it' : `${query.run(columns, { now }).count()} match`
    } catch (error) {
      if (!isQueryError(error)) throw error
      outcome = error.code
    }
  })
  process.stdout.write(`${ms.toFixed(1).padStart(7)} ${outcome.padStart(20)}   ${name}\n`)
  return ms
}

const { log, lines, contexts, records } = await readLog()
const matched = new Map(QUERIES.map((text) => [text, check(text, log)]))
process.stdout.write(`all ${QUERIES.length} queries as the reference over parsed JSON has them\n\n`)
table('the log', log.columns, log.now, BAR, (text) => matched.get(text) ?? null)
process.stdout.write('hostile: processor ms, outcome, query\n')
process.stdout.write(`slowest ${Math.max(...HOSTILE.map((one) => hostile(one, log))).toFixed(1)} ms (bar ${HOSTILE_BAR})\n\n`)
table('a million events', enlarged(lines, contexts, records), log.now, LARGE_BAR, () => null)
