import type { AuditEvent } from '@/lib/audit/event'
import { queriedTrigger } from '@/lib/contexts/answer-query'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { ContextRecord, Reconstruction } from '@/lib/contexts/types'
import { compileColumns, compileQuery, EventColumns, parseQuery, QueryColumns } from '@/lib/query'
import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import { firstEvents } from './first-events'
import type { MeasurementDeps } from './measurement-deps'
import { paperQuery, queryValues } from './paper-queries'
import { timed, type Timed } from './repeated'

type Settings = Extract<Measurement, { measurement: 'query-time' }>

/** Most seconds that one way of asking may take. */
const SECONDS = 4

/** A log that is read and linked, in both forms that queries are asked of. */
interface ReadLog {
  readonly events: EventColumns
  readonly stream: StreamingReconstruction
  /** Parsed JSON by auditID, without bodies: these queries ask for none. */
  readonly parsed: ReadonlyMap<string, AuditEvent>
}

interface Asked { readonly evaluator: string; ask(): readonly ContextRecord[] }

/**
 * Table 7: one of its queries over all contexts of a log. A point for each way of asking: over columns (parsed and compiled first, and when that was done
 * before), over parsed JSON row by row, and the same with the query parsed anew for each context, as the paper's code does.
 */
export async function measureQueryTime({ lines, query, repetitions }: Settings, deps: MeasurementDeps): Promise<Point[]> {
  paperQuery(query, { user: '', from: 0, to: 0 })
  const log = await readLog(lines, deps)
  const { signal } = deps
  const relinked = await timed(() => linked(log), { repetitions: Math.min(repetitions, 5), seconds: SECONDS, signal })
  const { found, columns } = linked(log)
  const rows = found.contexts.map((context) => rowOf(log.parsed, context))
  const text = paperQuery(query, queryValues(found.contexts.map(({ trigger }) => ({ user: trigger.user, stageMicros: log.parsed.get(trigger.auditID)?.stageMicros ?? null }))))
  const ways = text === null ? listings(found, columns, rows) : askings(text, found, columns, rows)
  const answers = ways.map(({ ask }) => ask())
  checkAgreement(ways, answers)
  const points: Point[] = []
  for (const { evaluator, ask } of ways) {
    const times = await timed(ask, { repetitions, seconds: SECONDS, signal })
    points.push({ axes: { evaluator }, measures: measuresOf(times, relinked, { matches: answers[points.length]?.length ?? 0, contexts: found.contexts.length }) })
    deps.onProgress(points.length, ways.length, 'steps')
  }
  return points
}

async function readLog(lines: number | null, deps: MeasurementDeps): Promise<ReadLog> {
  const read = { events: new EventColumns(), stream: new StreamingReconstruction(), parsed: new Map<string, AuditEvent>() }
  for await (const batch of firstEvents(await deps.loadLog(), lines, deps)) {
    read.events.add(batch)
    read.stream.add(batch)
    for (const event of batch) if (event.stage !== 'RequestReceived') read.parsed.set(event.auditID, { ...event, requestObject: null, responseObject: null })
  }
  return read
}

/** Finds the contexts anew and lays them out for queries. */
function linked({ stream, events }: ReadLog): { readonly found: Reconstruction; readonly columns: QueryColumns } {
  const found = stream.finish()
  return { found, columns: new QueryColumns(events, found).warm() }
}

function rowOf(parsed: ReadLog['parsed'], context: ContextRecord): object {
  const event = parsed.get(context.trigger.auditID)
  return event ? queriedTrigger(event, context) : {}
}

/** All contexts, without a question. */
function listings({ contexts }: Reconstruction, columns: QueryColumns, rows: readonly object[]): Asked[] {
  const pick = picker(contexts)
  return [{ evaluator: 'columns', ask: () => pick(columns.contexts.asked.toArray()) }, { evaluator: 'rows', ask: () => contexts.filter((_, at) => rows[at] !== undefined) }]
}

function askings(text: string, { contexts }: Reconstruction, columns: QueryColumns, rows: readonly object[]): Asked[] {
  const pick = picker(contexts)
  const compiled = compileColumns(parseQuery(text))
  return [
    { evaluator: 'columns', ask: () => pick(compileColumns(parseQuery(text)).run(columns).toArray()) },
    { evaluator: 'columns-again', ask: () => pick(compiled.run(columns).toArray()) },
    {
      evaluator: 'rows',
      ask: () => {
        const matches = compileQuery(parseQuery(text))
        return contexts.filter((_, at) => matches(rows[at] ?? {}))
      },
    },
    { evaluator: 'reparsed', ask: () => contexts.filter((_, at) => compileQuery(parseQuery(text))(rows[at] ?? {})) },
  ]
}

const picker = (contexts: readonly ContextRecord[]) => (places: Iterable<number>): ContextRecord[] => Array.from(places, (at) => contexts[at]).filter((context) => context !== undefined)

/** A time of a wrong answer is worth nothing. Throws RangeError where two ways disagree. */
function checkAgreement(ways: readonly Asked[], answers: readonly (readonly ContextRecord[])[]): void {
  const [first, ...others] = answers.map((answer) => answer.map(({ id }) => id).join())
  const odd = others.findIndex((answer) => answer !== first)
  if (odd >= 0) throw new RangeError(`asked by ${ways[0]?.evaluator} and by ${ways[odd + 1]?.evaluator} the query has different answers`)
}

function measuresOf(times: Timed, relinked: Timed, counts: { readonly matches: number; readonly contexts: number }): Point['measures'] {
  return {
    queryMillis: times.median, queryMillisDeviation: times.deviation, queryCpuMillis: times.cpu, queryRepetitions: times.repetitions,
    relinkMillis: relinked.median, withRelinkMillis: relinked.median + times.median, ...counts,
  }
}
