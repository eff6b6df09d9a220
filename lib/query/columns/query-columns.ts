import { itemOf } from '../compile/record-source'
import { pathReader } from '../compile/read-path'
import { isUsersPath } from '../fields-used'
import { PathNode } from '../nodes'
import { pathText } from '../path-text'
import { Bitmap } from './bitmap'
import type { Column } from './column'
import { layOut, type ContextLayout, type QueriedContext, type QueriedRecord } from './context-layout'
import { DictionaryBuilder } from './dictionary-builder'
import type { EventColumns } from './event-columns'
import { isFoundPath } from './found-path'
import { toPath } from './logged-paths'
import { NumberColumn } from './number-column'
import type { Table } from './table'
import type { RequestRows } from './request-rows'
import { TimeBuilder } from './time-column'

export interface Found {
  readonly contexts: readonly QueriedContext[]
  /** What was found about each line; without it members have no role, label or confidence of their own. */
  readonly records?: readonly QueriedRecord[]
}

const MOST_GATHERED = 256
const FOUND_OFTEN = ['context.events', 'context.duration', 'context.users', 'context.first', 'context.last', 'label.verb', 'label.resource', 'label.code']
const USERNAME = PathNode.create(['user', 'username'])
const CONTEXT_TIMES = new Set(['context.first', 'context.last'])

/**
 * A log by column together with what was found in it: a table of its contexts (each by its trigger), one of their
 * members and one of all lines. Immutable but for what it remembers; make another when the contexts change.
 */
export class QueryColumns {
  readonly contexts: Table
  readonly members: Table
  readonly lines: Table
  readonly layout: ContextLayout
  readonly found: Found
  /** By request. */
  readonly #records: readonly (QueriedRecord | undefined)[]
  readonly #gathered = new Map<string, Column>()

  constructor(readonly events: EventColumns, found: Found) {
    this.found = found
    this.layout = layOut(found.contexts, events.requests, events.size)
    this.#records = recordsByRequest(found.records ?? [], events.requests)
    const { triggerRows, memberRows, contextOfMember, contextOfRow } = this.layout
    this.contexts = this.#table('contexts', triggerRows, Int32Array.from(triggerRows.keys()))
    this.members = this.#table('members', memberRows, contextOfMember)
    this.lines = this.#table('lines', Int32Array.from({ length: events.size }, (_, row) => row), contextOfRow)
  }

  #table(name: Table['name'], rows: Int32Array, contextOf: Int32Array): Table {
    const read = (path: PathNode): Column => {
      if (path.segments[0] === 'context') return name === 'contexts' ? this.#contextColumn(path) : this.contexts.column(path).gather(contextOf)
      if (isFoundPath(path)) return name === 'contexts' ? this.#triggerColumn(path) : this.#recordColumn(path, rows)
      const column = this.events.column(path)
      return name === 'lines' ? column : column.gather(rows)
    }
    // A context whose trigger the log lacks has nothing to ask.
    const asked = Bitmap.all(rows.length).filter((at) => (rows[at] ?? -1) >= 0)
    return { name, size: rows.length, asked, contextOf, column: (path) => this.#remember(`${name} ${pathText(path.segments)}`, () => read(path)) }
  }

  /** Lays out the columns at hand for contexts and members, so that the first query need not; `lines` use them as they are. */
  warm(): this {
    const [logged, found] = [this.events.paths.map(toPath), FOUND_OFTEN.map(toPath)]
    const columns = [...logged.map((path) => this.members.column(path)), ...[...logged, ...found].map((path) => this.contexts.column(path))]
    for (const column of columns) if (column.kind === 'dictionary') column.postings.countOf(0)
    return this
  }

  #remember(key: string, make: () => Column): Column {
    const known = this.#gathered.get(key)
    this.#gathered.delete(key)
    const column = known ?? make()
    this.#gathered.set(key, column)
    const [oldest] = this.#gathered.keys()
    if (this.#gathered.size > MOST_GATHERED && oldest !== undefined) this.#gathered.delete(oldest)
    return column
  }

  #contextColumn(path: PathNode): Column {
    const name = pathText(path.segments)
    const { contexts } = this.found
    if (isUsersPath(path)) return this.#usersColumn(path)
    const read = pathReader(path.segments)
    if (name === 'context.duration') return new NumberColumn(Float64Array.from(contexts, (context) => (read({ context }) as number | undefined) ?? Number.NaN))
    const builder = CONTEXT_TIMES.has(name) ? new TimeBuilder() : new DictionaryBuilder()
    for (const context of contexts) builder.push(read({ context }))
    return builder.column()
  }

  #usersColumn(path: PathNode): Column {
    const { begins } = this.layout
    const users = this.members.column(USERNAME)
    const builder = new DictionaryBuilder()
    // Few sets of users act in a log, however many contexts it has.
    const known = new Map<string, number>()
    for (let context = 0; context + 1 < begins.length; context++) {
      const distinct = distinctUsers(users, begins[context] ?? 0, begins[context + 1] ?? 0)
      const key = JSON.stringify(distinct)
      const code = known.get(key) ?? builder.intern(itemOf(distinct, path.segments.slice(2)))
      known.set(key, code)
      builder.pushCode(code)
    }
    return builder.column()
  }

  /** A trigger is one by its user, so its confidence is 1. */
  #triggerColumn(path: PathNode): Column {
    const read = pathReader(path.segments)
    const builder = new DictionaryBuilder()
    for (const { label } of this.found.contexts) builder.push(read({ label, role: 'trigger', confidence: 1 }))
    return builder.column()
  }

  #recordColumn(path: PathNode, rows: Int32Array): Column {
    const read = pathReader(path.segments)
    const builder = new DictionaryBuilder()
    for (const row of rows) builder.push(read(this.#records[this.events.requests.requestOf(row)] ?? {}))
    return builder.column()
  }
}

function recordsByRequest(records: readonly QueriedRecord[], requests: RequestRows): (QueriedRecord | undefined)[] {
  const byRequest: (QueriedRecord | undefined)[] = Array.from({ length: requests.count })
  for (const record of records) {
    const request = requests.numberOf(record.auditID)
    if (request >= 0) byRequest[request] = record
  }
  return byRequest
}

/** The texts of some rows, each once, as they come. */
function distinctUsers(users: Column, begin: number, end: number): string[] {
  const distinct = new Set<string>()
  let last: unknown
  for (let row = begin; row < end; row++) {
    const user = users.valueAt(row)
    // Most neighbours are of one user.
    if (user === last) continue
    last = user
    if (typeof user === 'string') distinct.add(user)
  }
  return [...distinct]
}
