import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent, JsonValue } from '@/lib/audit/event'
import { pathReader, type Reader } from '../compile/read-path'
import { PathNode, type QueryNode } from '../nodes'
import { pathText } from '../path-text'
import type { Column } from './column'
import { DictionaryBuilder } from './dictionary-builder'
import { loggedPaths } from './logged-paths'
import { NumberColumn } from './number-column'
import { PathCensus } from './path-census'
import { basePaths, pathsRead, storedPath } from './paths-read'
import { RequestRows } from './request-rows'
import { TimeBuilder } from './time-column'

interface Growing {
  readonly path: PathNode
  readonly read: Reader
  readonly builder: DictionaryBuilder | TimeBuilder
}

/** Batches of the same events, in the same order, as were added. */
export type Reread = () => AsyncIterable<readonly AuditEvent[]>

export interface EventColumnsOptions {
  /** The paths to keep from the first reading; those that people ask for most where left out. */
  readonly paths?: readonly PathNode[]
  /** Most bytes of the columns that were loaded later; the one longest unused goes first. Default 64 MiB. */
  readonly cacheBytes?: number
}

const TIMES = new Set(['requestReceivedTimestamp', 'stageTimestamp'])

/**
 * The lines of a log by column, a row each in the order added. Bodies are not kept: a path into them that was not
 * asked for from the start is loaded by reading the log again, and then kept as long as there is room.
 */
export class EventColumns {
  readonly requests = new RequestRows()
  readonly census = new PathCensus()
  readonly #kept = new Map<string, Growing>()
  /** In order of last use. */
  readonly #loaded = new Map<string, Column>()
  readonly #sealed = new Map<string, Column>()
  readonly #cacheBytes: number
  readonly #counting: boolean
  #size = 0

  constructor({ paths, cacheBytes = 64 << 20 }: EventColumnsOptions = {}) {
    this.#cacheBytes = cacheBytes
    // Who names the paths has no use for those that there might be.
    this.#counting = paths === undefined
    for (const path of (paths ?? loggedPaths()).flatMap(basePaths)) this.#kept.set(pathText(path.segments), growing(path))
  }

  /** Lines. */
  get size(): number {
    return this.#size
  }

  /** Canonical paths of the columns at hand. */
  get paths(): string[] {
    return [...this.#kept.keys(), ...this.#loaded.keys()]
  }

  add(events: readonly AuditEvent[]): void {
    for (const event of events) {
      this.requests.add(event, this.#size++)
      if (this.#counting) this.census.add(event)
      for (const column of this.#kept.values()) push(column, event)
    }
    this.#sealed.clear()
    this.#loaded.clear()
  }

  /** Paths that a query asks of the log and that are not at hand: `load` them first. */
  missing(node: QueryNode): PathNode[] {
    return pathsRead(node).filter((path) => {
      const name = pathText(path.segments)
      return !this.#kept.has(name) && !this.#loaded.has(name)
    })
  }

  /** Reads the log again for paths. Throws AuditweaveError `log-changed` where it has not the same number of lines. */
  async load(paths: readonly PathNode[], reread: Reread): Promise<void> {
    if (paths.length === 0) return
    const columns = paths.map(growing)
    let lines = 0
    for await (const batch of reread()) {
      lines += batch.length
      for (const event of batch) for (const column of columns) push(column, event)
    }
    if (lines !== this.#size) throw new AuditweaveError('log-changed', `The log has ${lines} lines now and had ${this.#size} when it was read: read it anew.`)
    for (const { path, builder } of columns) this.#keep(pathText(path.segments), builder.column())
  }

  /** The column of a path of the log. Throws AuditweaveError `query-column` where it is not at hand. */
  column(path: PathNode): Column {
    const name = pathText(storedPath(path).segments)
    const known = this.#sealed.get(name) ?? this.#loaded.get(name)
    if (known) {
      if (this.#loaded.delete(name)) this.#loaded.set(name, known)
      return known
    }
    const made = this.#make(name)
    this.#sealed.set(name, made)
    return made
  }

  #make(name: string): Column {
    const kept = this.#kept.get(name)
    if (kept) return kept.builder.column()
    if (name === 'latency') return this.#latency()
    throw new AuditweaveError('query-column', `The column ${name} is not at hand: load the paths that missing() names before the query runs.`)
  }

  #latency(): Column {
    const [begin, end] = ['requestReceivedTimestamp', 'stageTimestamp'].map((name) => this.column(PathNode.create([name])))
    return new NumberColumn(Float64Array.from({ length: this.#size }, (_, row) => (end?.microsAt(row) ?? 0) - (begin?.microsAt(row) ?? 0)))
  }

  #keep(name: string, column: Column): void {
    this.#loaded.set(name, column)
    let bytes = [...this.#loaded.values()].reduce((sum, one) => sum + one.bytes, 0)
    for (const [oldest, one] of this.#loaded) {
      if (bytes <= this.#cacheBytes || oldest === name) return
      this.#loaded.delete(oldest)
      bytes -= one.bytes
    }
  }
}

function growing(path: PathNode): Growing {
  return { path, read: pathReader(path.segments), builder: TIMES.has(pathText(path.segments)) ? new TimeBuilder() : new DictionaryBuilder() }
}

function push({ read, builder }: Growing, event: AuditEvent): void {
  const value: JsonValue | undefined = read(event)
  builder.push(value)
}
