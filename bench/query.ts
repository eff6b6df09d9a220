import { fileURLToPath } from 'node:url'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import type { AuditEvent } from '@/lib/audit/event'
import { queriedTrigger } from '@/lib/contexts/answer-query'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import { compileColumns, compileQuery, EventColumns, parseQuery, QueryColumns, type QueryNode } from '@/lib/query'

const INPUT = process.argv[2] ?? fileURLToPath(new URL('../datasets/lab-a/audit.jsonl.gz', import.meta.url))
const ROUNDS = 41
const BAR_MS = 1

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
  'requestObject.spec.replicas > 2 or requestObject.spec.containers[0].image ==~ "NGINX"',
  'count(resource == "pods" and verb == "create") == count(resource == "pods" and verb == "delete") and label.resource in (deployments, jobs)',
]

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function timed(run: () => unknown): number {
  const began = performance.now()
  run()
  return performance.now() - began
}

/** Records for the row interpreter: every line with what was found about it, and the members of each context. */
function rowsOf(kept: ReadonlyMap<string, AuditEvent>, found: ReturnType<StreamingReconstruction['finish']>) {
  const records = new Map(found.records.map((record) => [record.auditID, record]))
  const members = new Map<object, object[]>()
  const triggers = found.contexts.map((context) => {
    const event = kept.get(context.trigger.auditID)
    const row = event ? queriedTrigger(event, context) : {}
    members.set(row, context.members.map((auditID) => {
      const { role, label, confidence } = records.get(auditID) ?? {}
      return { ...kept.get(auditID), role, label, confidence, context }
    }))
    return row
  })
  return { triggers, membersOf: (row: object): readonly object[] => members.get(row) ?? [] }
}

const events = new EventColumns()
const stream = new StreamingReconstruction()
const kept = new Map<string, AuditEvent>()
const reading = readAudit(openSource(INPUT)).events
for await (const batch of reading) {
  events.add(batch)
  stream.add(batch)
  // The interpreter needs no more of the bodies than these queries name, and all of them would not fit.
  for (const event of batch) if (event.stage !== 'RequestReceived') kept.set(event.auditID, { ...event, responseObject: null, requestObject: slim(event.requestObject) })
}
const found = stream.finish()
const columns = new QueryColumns(events, found).warm()
const rows = rowsOf(kept, found)
const now = Math.max(...[...kept.values()].map((event) => event.receivedMicros ?? 0))

function slim(body: AuditEvent['requestObject']): AuditEvent['requestObject'] {
  const spec = typeof body === 'object' && body !== null && !Array.isArray(body) ? body.spec : null
  return typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? { spec: { replicas: spec.replicas ?? null, containers: spec.containers ?? null } } : null
}

function measure(text: string): { fresh: number; again: number; ratio: number } {
  const node: QueryNode = parseQuery(text)
  const asked = compileColumns(node)
  const matches = compileQuery(node, { membersOf: rows.membersOf, now: () => now })
  const byRow = (): number[] => rows.triggers.flatMap((row, at) => (matches(row) ? [at] : []))
  const [ours, theirs] = [asked.run(columns, { now }).toArray(), byRow()]
  if (ours.join() !== theirs.join()) throw new Error(`columns and rows disagree about ${text}: ${ours.length} and ${theirs.length}`)
  const again = median(Array.from({ length: ROUNDS }, () => timed(() => asked.run(columns, { now }))))
  const fresh = median(Array.from({ length: ROUNDS }, () => timed(() => compileColumns(parseQuery(text)).run(columns, { now }))))
  const plain = median(Array.from({ length: 7 }, () => timed(byRow)))
  process.stdout.write(`${again.toFixed(3).padStart(7)} ${fresh.toFixed(3).padStart(8)} ${(again / plain).toFixed(3).padStart(7)} ${String(ours.length).padStart(7)}  ${text}\n`)
  return { fresh, again, ratio: again / plain }
}

process.stdout.write(`${found.contexts.length} contexts, ${columns.members.size} members, ${events.size} lines\n`)
process.stdout.write('ms, compiled; ms with parsing and compiling; compiled to row interpreter; matches; query\n')
const all = QUERIES.map(measure)
process.stdout.write(`median ${median(all.map((one) => one.again)).toFixed(3)} ms compiled, ${median(all.map((one) => one.fresh)).toFixed(3)} ms with parsing (bar: at most ${BAR_MS})\n`)
process.stdout.write(`ratio to the row interpreter, median ${median(all.map((one) => one.ratio)).toFixed(4)}\n`)
