import { AuditweaveError } from '@/lib/audit/errors'
import { compileColumns, explainQuery, parseQuery, type Bitmap, type ColumnQuery, type QueryPlan } from '@/lib/query'
import type { TellLoading } from './event-log'
import type { ExportAsk, RunAsk } from './messages'
import type { AskableColumns } from './read-found'

/** Compiled queries that are kept with what they have worked out. */
const MOST_COMPILED = 64
/** Milliseconds after which a query gives up between two tests. */
const DEADLINE_MS = 8_000

const compiled = new Map<string, ColumnQuery>()

/** Null asks for everything. Throws QueryError. */
export function compile(text: string): ColumnQuery | null {
  if (text.trim() === '') return null
  const known = compiled.get(text)
  compiled.delete(text)
  const query = known ?? compileColumns(parseQuery(text))
  compiled.set(text, query)
  const [oldest] = compiled.keys()
  if (compiled.size > MOST_COMPILED && oldest !== undefined) compiled.delete(oldest)
  return query
}

export interface Matching {
  readonly rows: Bitmap
  readonly asked: Bitmap
  readonly plan: QueryPlan
  readonly seconds: number
}

/** Makes the columns that a query lacks. */
export async function loadMissing(query: ColumnQuery | null, { log }: AskableColumns, tell: TellLoading, signal: AbortSignal): Promise<void> {
  if (query === null) return
  const missing = (): ReturnType<typeof log.events.missing> => log.events.missing(query.node)
  if (missing().length > 0) await log.load(missing, tell, signal)
}

/** Runs a query whose columns are at hand. @throws AuditweaveError 'query-slow' */
export function matchingRows(query: ColumnQuery | null, { columns }: AskableColumns, { of, nowIs }: Pick<RunAsk | ExportAsk, 'of' | 'nowIs'>): Matching {
  const table = columns[of]
  const began = performance.now()
  if (query === null) return { rows: table.asked, asked: table.asked, seconds: 0, plan: { query: '', of, rows: table.size, matched: table.asked.count(), steps: [], columns: [] } }
  const onTest = (): void => {
    if (performance.now() - began > DEADLINE_MS) throw tooSlow(explainQuery(query.node))
  }
  const { rows, plan } = query.trace(columns, { of, onTest, ...(nowIs === 'end' ? { now: endOf(columns) } : {}) })
  return { rows, asked: table.asked, plan, seconds: (performance.now() - began) / 1000 }
}

export function tooSlow(text: string): AuditweaveError {
  return new AuditweaveError('query-slow', `The query was given up after ${DEADLINE_MS / 1000} s: ${text.slice(0, 200)}. Put a test that few lines pass before it, or ask for less at a time.`)
}

const ends = new WeakMap<object, number>()

/** The time of the last line, in microseconds. */
function endOf({ lines }: AskableColumns['columns']): number {
  const known = ends.get(lines)
  if (known !== undefined) return known
  const times = lines.column({ kind: 'PathNode', segments: ['requestReceivedTimestamp'] })
  let last = 0
  for (let row = 0; row < lines.size; row++) {
    const micros = times.microsAt(row)
    if (micros > last) last = micros
  }
  ends.set(lines, last)
  return last
}
