import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { parseMicros } from '@/lib/audit/time'
import { LogColumns } from '@/lib/contexts/log-columns'
import { queriedTrigger } from '@/lib/contexts/answer-query'
import { RULES } from '@/lib/contexts/rules/table'
import type { ContextRecord, Link, Reconstruction } from '@/lib/contexts/types'
import type { Engine } from '@/lib/engine/types'
import { backgroundRule } from '@/lib/labels/background'
import type { TrainedModel } from '@/lib/model/model-file'
import { asksMembers, compileQuery, explainQuery, fieldsUsed, parseQuery, type QueryNode } from '@/lib/query'
import { kindText, objectText } from '@/components/datasets/event-row'
import { formatDuration } from '@/components/format/duration'
import { contextSentence } from './context-sentence'
import { labelText, lineText } from './describe-line'
import { LabelledLines } from './labelled-lines'
import { LineSearch } from './line-search'
import type { ExplainHooks, LogExplainer } from './log-explainer'
import type { LabelHooks } from './log-labels'
import type { ContextDetail, ContextLine, EventDetail, Explained, LinesPage, LoadedLog, LogLabelling, LogLine, ModelAnswer, QueryAnswer, Reason, Shown } from './protocol'
import { readLog, type ReadHooks, type ReadLog } from './read-log'

const BECAUSE = new Map(RULES.map((rule) => [rule.id, rule.because]))
const JSON_LIMIT = 200_000
const PERHAPS_SHOWN = 50

/** One log with all that is found in it; lives in the worker and answers what the page asks. */
export class LogSession {
  readonly #log: ReadLog
  readonly #lines: LabelledLines
  readonly #columns: LogColumns
  #held: Reconstruction
  /** The last stage of a request tells most, so it stands for it. */
  readonly #places: ReadonlyMap<string, number>
  #contexts: ReadonlyMap<string, ContextRecord> = new Map()
  #contextOfTrigger: ReadonlyMap<string, ContextRecord> = new Map()
  #search: LineSearch
  /** Made when it is first asked for. */
  #explainer: (() => LogExplainer) | null = null
  #perhaps: ReadonlyMap<string, readonly number[]> = new Map()

  private constructor(log: ReadLog) {
    this.#log = log
    this.#lines = new LabelledLines(log.lines, log.reconstruction)
    this.#columns = new LogColumns(() => log.bytes.events())
    this.#held = log.reconstruction
    this.#places = new Map(log.lines.map((line) => [line.auditID, line.seq]))
    this.#search = this.#newSearch()
    this.#hold(log.reconstruction)
  }

  /** Reads, orders and links a log. */
  static async read(source: Blob, hooks: ReadHooks): Promise<LogSession> {
    return new LogSession(await readLog(source, hooks))
  }

  summary(): LoadedLog {
    const { report, lines, seconds } = this.#log
    const rejected = [...report.rejects].map(([reason, { count, first }]) => ({ reason, count, excerpt: first[0]?.excerpt ?? '' }))
    return { events: lines.length, bytes: report.bytes, labels: this.#labelling(), rejected, redactions: report.redactions, truncated: report.truncated, seconds }
  }

  /** Lets a model label the log beside the links. Throws the signal's reason when aborted; the log is then as before. */
  async label(model: TrainedModel, engine: Engine, hooks: LabelHooks, neighbours: string | null = null): Promise<ModelAnswer> {
    const joined = await this.#log.labels.join(model, engine, hooks)
    this.#lines.join(joined)
    this.#explainer = () => this.#log.labels.explainer(model, engine, neighbours)
    this.#hold(joined.reconstruction)
    const labels = this.#labelling()
    const { agree, disagree } = labels.counts.origins
    return { name: model.manifest.name, engine: engine.description, labelled: joined.guesses.size, agree, compared: agree + disagree, labels, seconds: joined.seconds }
  }

  /** Forgets what a network said. */
  unlabel(): LogLabelling {
    this.#lines.join(null)
    this.#explainer = null
    this.#hold(this.#log.reconstruction)
    return this.#labelling()
  }

  /** Contexts whose trigger matches; an empty query matches all. Throws QueryError. */
  async query(text: string, signal?: AbortSignal): Promise<QueryAnswer> {
    const begin = performance.now()
    const node = text.trim() === '' ? null : parseQuery(text)
    const matching = node ? await this.#matching(node, signal) : null
    const ids = [...this.#contexts.values()].filter((context) => matching?.has(context.id) ?? true).map((context) => context.id)
    return { ids, seconds: (performance.now() - begin) / 1000, meaning: node ? explainQuery(node) : 'every context' }
  }

  /** Bodies are not kept: a query that looks at them reads the log again, and so does the first that asks for members of contexts. */
  async #matching(node: QueryNode, signal?: AbortSignal): Promise<Set<string>> {
    if (asksMembers(node)) {
      const places = await this.#columns.matching(node, this.#held, signal ? { signal } : {})
      return new Set(places.flatMap((at) => this.#held.contexts[at]?.id ?? []))
    }
    const matches = compileQuery(node)
    const bodies = fieldsUsed(node).some((path) => /^re(quest|sponse)Object\b/.test(path))
    const found = new Set<string>()
    const ask = (event: AuditEvent): void => {
      const context = this.#contextOfTrigger.get(event.auditID)
      if (context && event.stage === this.#log.triggers.get(event.auditID)?.stage && matches(queriedTrigger(event, context))) found.add(context.id)
    }
    if (!bodies) for (const event of this.#log.triggers.values()) ask(event)
    else {
      for await (const batch of this.#log.bytes.events()) {
        signal?.throwIfAborted()
        batch.forEach(ask)
      }
    }
    return found
  }

  page(text: string, show: Shown, from: number, to: number): LinesPage {
    return this.#search.page(text, show, from, to)
  }

  context(id: string): ContextDetail | null {
    const context = this.#contexts.get(id)
    if (!context) return null
    const trigger = this.#log.triggers.get(context.trigger.auditID)
    const perhaps = this.#perhaps.get(id) ?? []
    return {
      context: this.#contextLine(context), lines: context.members.map((member) => this.#lineOf(member)).filter((line) => line !== null), agent: trigger?.userAgent ?? null, address: trigger?.sourceIPs[0] ?? null,
      perhaps: perhaps.slice(0, PERHAPS_SHOWN).map((seq) => this.#lines.line(seq)), perhapsMore: Math.max(0, perhaps.length - PERHAPS_SHOWN),
    }
  }

  async event(auditID: string): Promise<EventDetail | null> {
    const [line, record] = [this.#lineOf(auditID), this.#lines.record(auditID)]
    if (!line || !record) return null
    const event = await this.#log.bytes.find(this.#log.marks[line.seq] ?? 0, auditID, line.stage)
    const likely = line.likely ? this.#contexts.get(line.likely) : undefined
    return {
      line, reasons: record.links.map((link) => this.#reason(link, line)), background: event && record.role === 'background' ? (backgroundRule(event)?.reason ?? null) : null,
      likelyText: likely ? contextSentence(this.#contextLine(likely)) : null, json: event ? shortJson(event) : 'The log no longer gives this line: read it again.',
    }
  }

  /** Why the model that labelled says what it says of a line. Throws 'no-model' where none has. */
  async explain(auditID: string, hooks: ExplainHooks): Promise<Explained | null> {
    if (!this.#explainer) throw new AuditweaveError('no-model', 'No network has labelled this log. Choose a model first.')
    const explainer = this.#explainer()
    this.#explainer = () => explainer
    const explained = await explainer.explain(auditID, hooks)
    const text = (id: string): string => { const line = this.#lineOf(id); return line ? lineText(line) : 'a line that is gone' }
    return explained && { ...explained, neighbours: explained.neighbours.map((near) => ({ ...near, text: text(near.auditID) })) }
  }

  #hold(reconstruction: Reconstruction): void {
    const { contexts } = reconstruction
    this.#held = reconstruction
    this.#contexts = new Map(contexts.map((context) => [context.id, context]))
    this.#contextOfTrigger = new Map(contexts.map((context) => [context.trigger.auditID, context]))
    this.#search = this.#newSearch()
    this.#perhaps = this.#lines.perhaps()
  }

  #labelling(): LogLabelling {
    return { contexts: [...this.#contexts.values()].map((context) => this.#contextLine(context)), counts: this.#lines.counts() }
  }

  #newSearch(): LineSearch {
    return new LineSearch(this.#log.lines.length, (seq) => this.#lines.line(seq))
  }

  #lineOf(auditID: string): LogLine | null {
    const seq = this.#places.get(auditID)
    return seq === undefined ? null : this.#lines.line(seq)
  }

  #contextLine(context: ContextRecord): ContextLine {
    const { trigger } = context
    const head = this.#log.lines[this.#places.get(trigger.auditID) ?? -1]
    return {
      id: context.id, auditID: trigger.auditID, micros: head?.micros ?? null, lastMicros: parseMicros(context.last), user: trigger.user, verb: trigger.verb,
      kind: trigger.objectRef ? kindText(trigger.objectRef) : '–', object: trigger.objectRef ? objectText(trigger.objectRef) : '–',
      code: head?.code ?? null, label: labelText(context.label), events: context.events,
    }
  }

  #reason(link: Link, line: LogLine): Reason {
    const to = this.#lineOf(link.to)
    const gap = to?.micros != null && line.micros !== null ? `, ${formatDuration((line.micros - to.micros) / 1e6)} before` : ''
    return { rule: link.rule, key: link.key, because: BECAUSE.get(link.rule) ?? null, score: link.score, to: link.to, toText: to ? `${lineText(to)}${gap}` : 'an event that is not in this log' }
  }
}

function shortJson(event: AuditEvent): string {
  const json = JSON.stringify(event, null, 2)
  return json.length > JSON_LIMIT ? `${json.slice(0, JSON_LIMIT)}\n… ${json.length - JSON_LIMIT} more characters` : json
}
