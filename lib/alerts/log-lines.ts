import { PathNode, type QueryColumns } from '@/lib/query'

/** What is read of every line, besides what queries ask for. */
const PATHS = {
  auditID: ['auditID'], stage: ['stage'], received: ['requestReceivedTimestamp'], ended: ['stageTimestamp'], user: ['user', 'username'], actingAs: ['impersonatedUser', 'username'], agent: ['userAgent'],
  sources: ['sourceIPs'], verb: ['verb'], group: ['objectRef', 'apiGroup'], resource: ['objectRef', 'resource'], subresource: ['objectRef', 'subresource'], namespace: ['objectRef', 'namespace'],
  name: ['objectRef', 'name'], code: ['responseStatus', 'code'], reason: ['responseStatus', 'reason'], uri: ['requestURI'],
} as const
type LineField = keyof typeof PATHS
type Column = ReturnType<QueryColumns['lines']['column']>

/** The columns that `LogLines` reads; add them to those of the queries that will be asked. */
export const LINE_PATHS: readonly PathNode[] = Object.values(PATHS).map((path) => PathNode.create([...path]))

/** The lines of a log, read value by value from its columns. A row stands for a line, a request for all of its stages. */
export class LogLines {
  readonly #columns = new Map<LineField, Column>()

  constructor(readonly columns: QueryColumns) {}

  #column(field: LineField): Column {
    const known = this.#columns.get(field)
    if (known) return known
    const column = this.columns.lines.column(PathNode.create([...PATHS[field]]))
    this.#columns.set(field, column)
    return column
  }

  /** Requests, each of which may have several lines. */
  get requests(): number {
    return this.columns.events.requests.count
  }

  get size(): number {
    return this.columns.events.size
  }

  text(row: number, field: LineField): string | null {
    const value = this.#column(field).valueAt(row)
    return typeof value === 'string' && value !== '' ? value : null
  }

  code(row: number): number | null {
    const value = this.#column('code').valueAt(row)
    return typeof value === 'number' ? value : null
  }

  /** The first address: that of the client, as far as it is told. */
  source(row: number): string | null {
    const value = this.#column('sources').valueAt(row)
    const first: unknown = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' && first !== '' ? first : null
  }

  micros(row: number, field: 'received' | 'ended' = 'received'): number {
    return this.#column(field).microsAt(row)
  }

  /** The context of a row, as a place in `columns.found.contexts`; -1 where it has none. */
  contextOf(row: number): number {
    return this.columns.layout.contextOfRow[row] ?? -1
  }

  /** One row for each request: that of its fullest stage. */
  *requestRows(): Generator<number> {
    const { requests } = this.columns.events
    for (let request = 0; request < requests.count; request++) yield requests.rowOf(request)
  }
}
