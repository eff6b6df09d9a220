import { AuditweaveError } from '@/lib/audit/errors'
import { formatQueryError, isQueryError, parseQuery, type QueryNode } from '@/lib/query'
import { GROUPINGS, type CellOf, type Grouping } from '../cell'
import type { AnswerRow, OutputOf } from '../result'
import { contextRow, eventRow } from './rows'
import type { NotebookSources, SourceDataset } from './sources'

const MOST_POINTS = 400
const MOST_ROWS = 200
const MOST_TALLIES = 30
const MOST_DISTINCT = 20_000
const BUCKETS = 60

/** @throws AuditweaveError 'bad-query' with the place in the text */
export async function answerQuery(cell: CellOf<'query'>, dataset: SourceDataset, sources: NotebookSources): Promise<OutputOf<'answer'>> {
  const query = parse(cell.text)
  const rows = cell.of === 'contexts' ? await matchingContexts(query, dataset, sources) : await matchingEvents(query, dataset, sources)
  const answer = new Answer()
  for (const row of rows) answer.add(row)
  return { kind: 'answer', of: cell.of, datasetId: dataset.id, dataset: dataset.name, ...answer.result() }
}

function parse(text: string): QueryNode {
  if (text.trim() === '') throw new AuditweaveError('bad-query', 'The query is empty. Write a comparison such as verb == "delete", then run the cell again.')
  try {
    return parseQuery(text)
  } catch (error) {
    if (!isQueryError(error)) throw error
    throw new AuditweaveError('bad-query', formatQueryError(text, error), { cause: error })
  }
}

/** Contexts that match, in order of their triggers. The last stage of a request speaks for it: only it knows the outcome. */
async function matchingContexts(query: QueryNode, dataset: SourceDataset, sources: NotebookSources): Promise<AnswerRow[]> {
  const { contexts } = await sources.linked(dataset)
  const matching = (await sources.matching(dataset, query, 'contexts')).flatMap((at) => contexts[at] ?? [])
  const byTrigger = new Map(matching.map((context) => [context.trigger.auditID, context]))
  const found = new Map<string, AnswerRow>()
  for await (const batch of sources.events(dataset, [...byTrigger.keys()])) {
    for (const event of batch) {
      const context = byTrigger.get(event.auditID)
      if (context && !(event.stage === 'RequestReceived' && found.has(event.auditID))) found.set(event.auditID, contextRow(event, context))
    }
  }
  return matching.flatMap((context) => found.get(context.trigger.auditID) ?? [])
}

/** Events that match, as logged. */
async function matchingEvents(query: QueryNode, dataset: SourceDataset, sources: NotebookSources): Promise<AnswerRow[]> {
  const { records } = await sources.linked(dataset)
  const roleOf = new Map(records.map((record) => [record.auditID, record.role]))
  const places = new Set(await sources.matching(dataset, query, 'lines'))
  const rows: AnswerRow[] = []
  let at = 0
  for await (const batch of sources.events(dataset)) {
    for (const event of batch) if (places.has(at++)) rows.push(eventRow(event, { id: event.auditID, events: null, role: roleOf.get(event.auditID) ?? null }))
  }
  return rows
}

const GROUPS: Readonly<Record<Grouping, (row: AnswerRow) => string>> = {
  verb: (row) => row.verb ?? '(none)',
  user: (row) => row.user ?? '(none)',
  resource: (row) => row.kind,
  namespace: (row) => (row.object.includes('/') ? (row.object.split('/')[0] ?? '') : '(none)'),
  code: (row) => (row.code === null ? '(none)' : String(row.code)),
}

/** Folds rows into what is kept: some of them, and counts of all. */
class Answer {
  readonly #rows: AnswerRow[] = []
  readonly #points: AnswerRow[] = []
  readonly #times: { micros: number; verb: string }[] = []
  readonly #tallies = new Map<Grouping, Map<string, number>>(GROUPINGS.map((name) => [name, new Map()]))
  #total = 0
  #largest: AnswerRow | null = null
  #last: AnswerRow | null = null

  add(row: AnswerRow): void {
    this.#total++
    this.#last = row
    if (this.#rows.length < MOST_ROWS) this.#rows.push(row)
    if (this.#points.length < MOST_POINTS) this.#points.push(row)
    if (row.micros !== null) this.#times.push({ micros: row.micros, verb: row.verb ?? '(none)' })
    if (this.#largest === null || (row.events ?? 0) > (this.#largest.events ?? 0)) this.#largest = row
    for (const [name, counts] of this.#tallies) count(counts, GROUPS[name](row))
  }

  result(): Pick<OutputOf<'answer'>, 'total' | 'rows' | 'points' | 'overTime' | 'tallies' | 'largest' | 'last'> {
    const tallies = Object.fromEntries([...this.#tallies].map(([name, counts]) => [name, top(counts)]))
    return { total: this.#total, rows: this.#rows, points: this.#points, overTime: overTime(this.#times), tallies, largest: this.#largest, last: this.#last }
  }
}

function count(counts: Map<string, number>, value: string): void {
  const key = counts.has(value) || counts.size < MOST_DISTINCT ? value : '(others)'
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function top(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MOST_TALLIES).map(([value, number]) => ({ value, count: number }))
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400, 604_800].map((seconds) => seconds * 1e6)

/** At most 60 buckets of a round length from the first to the last. */
function overTime(times: readonly { micros: number; verb: string }[]): OutputOf<'answer'>['overTime'] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { micros } of times) [first, last] = [Math.min(first, micros), Math.max(last, micros)]
  if (times.length === 0) return null
  const stepMicros = STEPS.find((step) => (last - first) / step <= BUCKETS - 1) ?? Math.ceil((last - first) / (BUCKETS - 1))
  const fromMicros = Math.floor(first / stepMicros) * stepMicros
  const verbs = [...new Set(times.map((time) => time.verb))].sort().slice(0, 12)
  const counts = Array.from({ length: Math.floor((last - fromMicros) / stepMicros) + 1 }, () => verbs.map(() => 0))
  for (const { micros, verb } of times) {
    const bucket = counts[Math.floor((micros - fromMicros) / stepMicros)]
    const index = verbs.indexOf(verb)
    if (bucket && index >= 0) bucket[index] = (bucket[index] ?? 0) + 1
  }
  return { fromMicros, stepMicros, verbs, counts }
}
