import type { AuditEvent } from '@/lib/audit/event'
import { TimeBuckets, type OverTime } from './time-buckets'
import type { Count, Role } from './types'

/** What a log holds, counted while it is imported; of bounded size. */
export interface DatasetSummary {
  readonly verbs: Count[]
  readonly users: Count[]
  readonly distinctUsers: number
  readonly resources: Count[]
  readonly namespaces: Count[]
  readonly codes: Count[]
  readonly stages: Count[]
  readonly levels: Count[]
  readonly userAgents: Count[]
  readonly overTime: OverTime | null
  readonly truth: TruthSummary | null
}

export interface TruthSummary {
  readonly auditIDs: number
  /** Events that bear a label. */
  readonly labelled: number
  readonly roles: Record<Role, number>
  readonly contexts: number
  readonly labels: number
  /** auditIDs of the truth that the log lacks, and of the log that the truth lacks. */
  readonly notInLog: number
  readonly withoutTruth: number
}

const MAX_DISTINCT = 100_000
const MAX_VALUE = 200

/** Counts values; beyond 100,000 distinct ones (a hostile log) the rest is counted under "(others)". */
class Counter {
  readonly #counts = new Map<string, number>()

  add(value: string | number | null | undefined): void {
    let key = value === null || value === undefined ? '(none)' : String(value).slice(0, MAX_VALUE).toWellFormed()
    if (!this.#counts.has(key) && this.#counts.size >= MAX_DISTINCT) key = '(others)'
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  get distinct(): number {
    return this.#counts.size
  }

  top(limit = Number.POSITIVE_INFINITY): Count[] {
    const sorted = [...this.#counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    return sorted.slice(0, limit).map(([value, count]) => ({ value, count }))
  }
}

/** Gathers a DatasetSummary event by event. */
export class SummaryCollector {
  readonly #verbs = new Counter()
  readonly #users = new Counter()
  readonly #resources = new Counter()
  readonly #namespaces = new Counter()
  readonly #codes = new Counter()
  readonly #stages = new Counter()
  readonly #levels = new Counter()
  readonly #agents = new Counter()
  readonly #time = new TimeBuckets()

  add(event: AuditEvent): void {
    const ref = event.objectRef
    this.#verbs.add(event.verb)
    this.#users.add(event.user?.username)
    if (ref?.resource) this.#resources.add(`${ref.apiGroup}/${ref.resource}${ref.subresource ? `/${ref.subresource}` : ''}`)
    if (ref?.namespace) this.#namespaces.add(ref.namespace)
    this.#codes.add(event.responseStatus?.code)
    this.#stages.add(event.stage)
    this.#levels.add(event.level)
    this.#agents.add(event.userAgent)
    if (event.receivedMicros !== null) this.#time.add(event.receivedMicros, event.verb ?? '(none)')
  }

  summary(truth: TruthSummary | null): DatasetSummary {
    return {
      verbs: this.#verbs.top(40),
      users: this.#users.top(30),
      distinctUsers: this.#users.distinct,
      resources: this.#resources.top(40),
      namespaces: this.#namespaces.top(30),
      codes: this.#codes.top(40),
      stages: this.#stages.top(10),
      levels: this.#levels.top(10),
      userAgents: this.#agents.top(20),
      overTime: this.#time.result(),
      truth,
    }
  }
}
