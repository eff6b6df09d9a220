import type { AuditEvent } from './event'
import { hasObjectPath, isResourceEvent } from './resource-event'
import type { Wrapping } from './unwrap'

export type EnvelopeName = 'jsonl' | 'eventlist' | 'array' | 'eks' | 'aks' | 'gke'

export interface LineSample { line: number; excerpt: string }
export interface Tally { count: number; first: LineSample[] }

/** What reading a log found; filled while it is read. */
export interface ReadReport {
  events: number
  /** Lines that are not blank, or items of a list. */
  lines: number
  /** Bytes taken from the source, packed as they came. */
  bytes: number
  /** The same unpacked. */
  plainBytes: number
  rejected: number
  /** Lines that gave no event, by reason. */
  rejects: Map<string, Tally>
  /** Events that were kept but have something unusual, by what it is. */
  warnings: Map<string, Tally>
  envelope: EnvelopeName
  /** Events by level; events without a known level under `unknown`. */
  levels: Record<string, number>
  nonResource: number
  /** Secret values that were replaced. */
  redactions: number
  /** A message where the input ends early, else null. */
  truncated: string | null
  firstMicros: number | null
  lastMicros: number | null
}

const SAMPLES = 5
const EXCERPT = 200
const KNOWN_VERBS: ReadonlySet<string> = new Set([
  'get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection',
  // non-resource requests and connects bear the HTTP method or the connect itself
  'head', 'options', 'post', 'put', 'connect', 'proxy',
])

export function createReport(): ReadReport {
  return {
    events: 0,
    lines: 0,
    bytes: 0,
    plainBytes: 0,
    rejected: 0,
    rejects: new Map(),
    warnings: new Map(),
    envelope: 'jsonl',
    levels: {},
    nonResource: 0,
    redactions: 0,
    truncated: null,
    firstMicros: null,
    lastMicros: null,
  }
}

// Control, format and bidirectional characters, which could rewrite a terminal line or the reading order
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** At most 200 characters of hostile text, control characters written as \u escapes. */
export function excerpt(text: string): string {
  const safe = text.slice(0, EXCERPT).replace(UNSAFE, c => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
  return safe.length > EXCERPT || text.length > EXCERPT ? `${safe.slice(0, EXCERPT - 1)}…` : safe
}

/** Counts `reason` and keeps the first lines with it. */
export function tally(tallies: Map<string, Tally>, reason: string, line: number, text: string): void {
  const known = tallies.get(reason)
  if (known) {
    known.count++
    if (known.first.length < SAMPLES) known.first.push({ line, excerpt: excerpt(text) })
  } else {
    tallies.set(reason, { count: 1, first: [{ line, excerpt: excerpt(text) }] })
  }
}

/** Why an event deserves a second look, or null. */
function unusual(event: AuditEvent): string | null {
  if (event.verb === null) return 'no verb'
  if (!KNOWN_VERBS.has(event.verb)) return 'unknown verb'
  if (event.objectRef === null && hasObjectPath(event.requestURI)) return 'no objectRef on a request for API objects'
  if (event.receivedMicros === null) return 'no usable requestReceivedTimestamp'
  if (event.stage === null) return 'unknown stage'
  if (event.level === null) return 'unknown level'
  return event.annotations?.['audit.k8s.io/truncated'] === 'true' ? 'bodies dropped by the API server because of their size' : null
}

/** Counts one event that was kept. */
export function countEvent(report: ReadReport, event: AuditEvent, line: number): void {
  report.events++
  const level = event.level ?? 'unknown'
  report.levels[level] = (report.levels[level] ?? 0) + 1
  if (!isResourceEvent(event)) report.nonResource++
  const micros = event.receivedMicros
  if (micros !== null) {
    if (report.firstMicros === null || micros < report.firstMicros) report.firstMicros = micros
    if (report.lastMicros === null || micros > report.lastMicros) report.lastMicros = micros
  }
  const why = unusual(event)
  if (why !== null) tally(report.warnings, why, line, `${event.verb ?? '-'} ${event.requestURI ?? '-'} (auditID ${event.auditID})`)
}

/** The wrapping most events came in; the layout decides where they were plain. */
export function nameEnvelope(wrappings: ReadonlyMap<Wrapping, number>, layout: EnvelopeName): EnvelopeName {
  let best: Wrapping = 'plain'
  let most = 0
  for (const [wrapping, count] of wrappings) {
    if (count > most) {
      best = wrapping
      most = count
    }
  }
  return best === 'plain' ? layout : best
}

function describeTally(noun: string, fate: string, tallies: ReadonlyMap<string, Tally>): string[] {
  return [...tallies].map(([reason, { count, first }]) => {
    const sample = first[0]
    const where = sample ? `; first at line ${sample.line}: ${sample.excerpt}` : ''
    return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'} ${fate}: ${reason}${where}`
  })
}

/** One sentence for each reason of rejects and warnings, and for an early end; safe to print. */
export function describeReport(report: ReadReport): string[] {
  return [
    ...(report.truncated === null ? [] : [report.truncated]),
    ...describeTally('line', 'rejected', report.rejects),
    ...describeTally('event', 'kept with a note', report.warnings),
  ]
}
