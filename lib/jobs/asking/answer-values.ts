import { columnsCatalogue, isQueryError, parseQuery, seenValues, type QueryCatalogue, type QueryNode, type SeenValue } from '@/lib/query'
import { loadingTeller } from './answer-run'
import type { KeptLogs } from './kept-logs'
import type { Ask, Said } from './messages'
import type { AskableColumns } from './read-found'

type ValuesAsk = Extract<Ask, { kind: 'values' }>
type CatalogueAsk = Extract<Ask, { kind: 'catalogue' }>

/** Values seen at a path of the log, with counts; none of a path whose column is not at hand, as reading the log again takes longer than typing. */
export async function answerValues(ask: ValuesAsk, logs: KeptLogs, say: (said: Said) => void, signal: AbortSignal): Promise<void> {
  const log = await logs.open(ask.log, loadingTeller(say), signal)
  say({ kind: 'begun' })
  say({ kind: 'values', values: valuesAt(log, ask) })
}

function valuesAt({ log, columns }: AskableColumns, { path, part, limit }: ValuesAsk): SeenValue[] {
  const node = existsNode(path)
  if (node?.kind !== 'ExistsNode' || log.events.missing(node).length > 0) return []
  const column = (node.path.segments[0] === 'context' ? columns.contexts : columns.lines).column(node.path)
  return column.kind === 'dictionary' ? seenValues(column, limit, part) : []
}

/** Null of what is no path, or none yet: somebody is typing it. */
function existsNode(path: string): QueryNode | null {
  try {
    return parseQuery(`exists(${path})`)
  } catch (error) {
    if (isQueryError(error)) return null
    throw error
  }
}

const catalogues = new WeakMap<object, QueryCatalogue>()

/** The fields of the log and the commonest values of each. */
export async function answerCatalogue(ask: CatalogueAsk, logs: KeptLogs, say: (said: Said) => void, signal: AbortSignal): Promise<void> {
  const { columns } = await logs.open(ask.log, loadingTeller(say), signal)
  say({ kind: 'begun' })
  const catalogue = catalogues.get(columns) ?? columnsCatalogue(columns)
  catalogues.set(columns, catalogue)
  say({ kind: 'catalogue', catalogue })
}
