import { backgroundRule } from '@/lib/labels/background'
import { readAudit } from '@/lib/audit/read'
import type { AuditEvent } from '@/lib/audit/event'
import type { ReadReport } from '@/lib/audit/report'
import { compareEvents } from '@/lib/audit/order'
import { parseMicros } from '@/lib/audit/time'
import { queriedTrigger } from '@/lib/contexts/answer-query'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { ContextRecord, Link, ReconstructedRecord, Role } from '@/lib/contexts/types'
import { RULES } from '@/lib/contexts/rules/table'
import { compileQuery, explainQuery, parseQuery } from '@/lib/query'
import { kindText, objectText } from '@/components/datasets/event-row'
import { formatDuration } from '@/components/format/duration'
import { labelText, lineText, logLine } from './describe-line'
import type { ContextDetail, ContextLine, EventDetail, Guess, LoadedLog, LogLine, QueryAnswer, Reason } from './protocol'

const BECAUSE = new Map(RULES.map((rule) => [rule.id, rule.because]))
const JSON_LIMIT = 200_000

/** One pasted log with all that is found in it; lives in the worker. */
export class LogSession {
  readonly #events: AuditEvent[] = []
  readonly #records = new Map<string, ReconstructedRecord>()
  readonly #contexts = new Map<string, ContextRecord>()
  readonly #places = new Map<string, number>()
  #guesses: readonly (Guess | null)[] = []

  get events(): readonly AuditEvent[] {
    return this.#events
  }

  /** Reads, orders and links a log. */
  static async read(source: AsyncIterable<Uint8Array>, onProgress: (bytes: number) => void): Promise<{ session: LogSession; loaded: LoadedLog }> {
    const begin = performance.now()
    const session = new LogSession()
    const { events, report } = readAudit(source, { onProgress })
    for await (const batch of events) session.#events.push(...batch)
    session.#link()
    return { session, loaded: session.#summary(report, (performance.now() - begin) / 1000) }
  }

  #link(): void {
    this.#events.sort(compareEvents)
    const stream = new StreamingReconstruction()
    stream.add(this.#events)
    const { records, contexts } = stream.finish()
    for (const record of records) this.#records.set(record.auditID, record)
    for (const context of contexts) this.#contexts.set(context.id, context)
    // The last stage of a request tells most, so it stands for it.
    this.#events.forEach((event, index) => this.#places.set(event.auditID, index))
  }

  #summary(report: ReadReport, seconds: number): LoadedLog {
    const roles: Record<Role, number> = { trigger: 0, consequence: 0, background: 0, nonresource: 0 }
    for (const event of this.#events) roles[this.#records.get(event.auditID)?.role ?? 'background']++
    const rejected = [...report.rejects].map(([reason, { count, first }]) => ({ reason, count, excerpt: first[0]?.excerpt ?? '' }))
    return { events: this.#events.length, contexts: [...this.#contexts.values()].map((context) => this.#contextLine(context)), roles, rejected, redactions: report.redactions, truncated: report.truncated, seconds }
  }

  #contextLine(context: ContextRecord): ContextLine {
    const { trigger } = context
    const event = this.#event(trigger.auditID)
    return {
      id: context.id, auditID: trigger.auditID, micros: event?.receivedMicros ?? null, lastMicros: parseMicros(context.last), user: trigger.user, verb: trigger.verb,
      kind: trigger.objectRef ? kindText(trigger.objectRef) : '–', object: trigger.objectRef ? objectText(trigger.objectRef) : '–',
      code: event?.responseStatus?.code ?? null, label: labelText(context.label), events: context.events,
    }
  }

  #event(auditID: string): AuditEvent | undefined {
    return this.#events[this.#places.get(auditID) ?? -1]
  }

  /** Contexts whose trigger matches; an empty query matches all. Throws QueryError. */
  query(text: string): QueryAnswer {
    const begin = performance.now()
    const node = text.trim() === '' ? null : parseQuery(text)
    const matches = node ? compileQuery(node) : () => true
    const ids = [...this.#contexts.values()].filter((context) => {
      const trigger = this.#event(context.trigger.auditID)
      return trigger !== undefined && matches(queriedTrigger(trigger, context))
    }).map((context) => context.id)
    return { ids, seconds: (performance.now() - begin) / 1000, meaning: node ? explainQuery(node) : 'every context' }
  }

  lines(): LogLine[] {
    return this.#events.flatMap((event, seq) => this.#line(seq, event))
  }

  #line(seq: number, event: AuditEvent): LogLine[] {
    const record = this.#records.get(event.auditID)
    return record ? [logLine(seq, event, record, this.#guesses[seq] ?? null)] : []
  }

  #lineOf(auditID: string): LogLine | null {
    const seq = this.#places.get(auditID)
    const event = seq === undefined ? undefined : this.#events[seq]
    return seq === undefined || !event ? null : (this.#line(seq, event)[0] ?? null)
  }

  context(id: string): ContextDetail | null {
    const context = this.#contexts.get(id)
    if (!context) return null
    const lines = context.members.map((member) => this.#lineOf(member)).filter((line) => line !== null)
    const trigger = this.#event(context.trigger.auditID)
    return { context: this.#contextLine(context), lines, agent: trigger?.userAgent ?? null, address: trigger?.sourceIPs[0] ?? null }
  }

  event(auditID: string): EventDetail | null {
    const [line, event, record] = [this.#lineOf(auditID), this.#event(auditID), this.#records.get(auditID)]
    if (!line || !event || !record) return null
    const json = JSON.stringify(event, null, 2)
    return {
      line, confidence: record.confidence, reasons: record.links.map((link) => this.#reason(link, event)), background: record.role === 'background' ? (backgroundRule(event)?.reason ?? null) : null,
      json: json.length > JSON_LIMIT ? `${json.slice(0, JSON_LIMIT)}\n… ${json.length - JSON_LIMIT} more characters` : json,
    }
  }

  #reason(link: Link, event: AuditEvent): Reason {
    const to = this.#lineOf(link.to)
    const gap = to?.micros !== null && to?.micros !== undefined && event.receivedMicros !== null ? `, ${formatDuration((event.receivedMicros - to.micros) / 1e6)} before` : ''
    return { rule: link.rule, key: link.key, because: BECAUSE.get(link.rule) ?? null, score: link.score, to: link.to, toText: to ? `${lineText(to)}${gap}` : 'an event that is not in this log' }
  }

  /** Puts a network's labels beside the linked ones; returns how many agree of those that both give. */
  setGuesses(guesses: readonly (Guess | null)[]): { labelled: number; agree: number; compared: number } {
    this.#guesses = guesses
    let [labelled, agree, compared] = [0, 0, 0]
    this.#events.forEach((event, index) => {
      const guess = guesses[index]?.label
      const linked = labelText(this.#records.get(event.auditID)?.label ?? null)
      if (guess) labelled++
      if (guess && linked) {
        compared++
        if (guess === linked) agree++
      }
    })
    return { labelled, agree, compared }
  }
}
