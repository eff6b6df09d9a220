import type { StarterWatch } from '@/lib/live/watch'
import { compileColumns, parseQuery, pathsRead, type PathNode } from '@/lib/query'
import { commandOf } from '../fold'
import type { LogLines } from '../log-lines'
import { perLine } from './per-line'

/** One watch, asked of every request by itself and of contexts. */
export interface WatchHits {
  readonly watch: StarterWatch
  /** Places of the contexts that it matches. */
  readonly contexts: readonly number[]
  /** Rows of the requests that it matches line by line; null where it cannot be asked so. */
  readonly rows: readonly number[] | null
}

/** The columns that the watches read. */
export function watchPaths(watches: readonly StarterWatch[]): PathNode[] {
  return watches.flatMap(({ query }) => pathsRead(parseQuery(query)))
}

export function watchHits(lines: LogLines, watches: readonly StarterWatch[]): WatchHits[] {
  return watches.map((watch) => {
    const node = parseQuery(watch.query)
    const single = perLine(node)
    const matched = single === null ? null : compileColumns(single).run(lines.columns, { of: 'lines' })
    return { watch, contexts: compileColumns(node).run(lines.columns).toArray(), rows: matched === null ? null : [...lines.requestRows()].filter((row) => matched.has(row)) }
  })
}

/** How alerts of single requests fold: into which contexts and client invocations, and how many into none. */
export interface FoldedRows {
  readonly requests: number
  readonly contexts: number
  readonly commands: number
  /** Requests of the control plane's own. */
  readonly outside: number
}

export function foldRows(lines: LogLines, rows: Iterable<number>): FoldedRows {
  const [contexts, commands] = [new Set<number>(), new Set<string>()]
  let [requests, outside] = [0, 0]
  for (const row of rows) {
    requests++
    const context = lines.contextOf(row)
    if (context < 0) outside++
    else {
      contexts.add(context)
      commands.add(commandOf(lines, context))
    }
  }
  return { requests, contexts: contexts.size, commands: commands.size, outside }
}
