import { setImmediate } from 'node:timers/promises'
import { countValues, histogramOf, toPath, type Bitmap } from '@/lib/query'
import type { AnswerFacet } from '@/lib/contexts/query-answers'
import { answerBlock, answerReaders } from './answer-block'
import type { TellLoading } from './event-log'
import type { KeptLogs } from './kept-logs'
import { compile, loadMissing, matchingRows } from './matching'
import type { RunAsk, Said } from './messages'
import type { AskableColumns } from './read-found'

const FACETS = ['user.username', 'verb', 'objectRef.resource', 'objectRef.namespace', 'responseStatus.code'] as const
const FACET_VALUES = 12
const STEPS = 160
/** Answers that travel together; the first are few, so that they are seen at once. */
const [FIRST, BLOCK] = [100, 2000] as const

/** How far a reading is, told often enough to be seen moving. */
export function loadingTeller(say: (said: Said) => void): TellLoading {
  let last = 0
  return (phase, done, total) => {
    const now = performance.now()
    if (done > 0 && done < total && now - last < 100) return
    last = now
    say({ kind: 'loading', phase, done, total })
  }
}

/** Answers a query: the plan, the histogram, facets, then the answers block by block. Throws QueryError, AuditweaveError, or the signal's reason. */
export async function answerRun(ask: RunAsk, logs: KeptLogs, say: (said: Said) => void, signal: AbortSignal): Promise<void> {
  const began = performance.now()
  // A query that cannot be is refused before a log is read for it.
  const query = compile(ask.text)
  const tell = loadingTeller(say)
  const log = await logs.open(ask.log, tell, signal)
  await loadMissing(query, log, tell, signal)
  say({ kind: 'begun' })
  const { rows, asked, plan, seconds } = matchingRows(query, log, ask)
  const matched = plan.matched
  say({ kind: 'plan', plan, seconds, asked: asked.count(), matched })
  if (ask.from === 0) {
    const times = log.columns[ask.of].column(toPath('requestReceivedTimestamp'))
    say({ kind: 'histogram', histogram: histogramOf((row) => times.microsAt(row), asked, rows, STEPS) })
    say({ kind: 'facets', facets: FACETS.flatMap((path) => facetOf(log, ask, path, rows)) })
  }
  const sent = await sendBlocks(ask, log, rows, say, signal)
  const next = ask.from + sent < matched ? ask.from + sent : null
  say({ kind: 'end', matched, sent, next, seconds: (performance.now() - began) / 1000, linked: log.reconstructionId === null ? 'now' : 'stored' })
}

function facetOf({ columns }: AskableColumns, { of }: RunAsk, path: string, rows: Bitmap): AnswerFacet[] {
  const column = columns[of].column(toPath(path))
  return column.kind === 'dictionary' ? [{ path, ...countValues(column, rows, FACET_VALUES) }] : []
}

async function sendBlocks({ of, from, limit }: RunAsk, log: AskableColumns, rows: Bitmap, say: (said: Said) => void, signal: AbortSignal): Promise<number> {
  const readers = answerReaders(log, of)
  const places = rows.toArray().slice(from, from + limit)
  for (let at = 0; at < places.length;) {
    const block = places.slice(at, at + (at === 0 ? FIRST : BLOCK))
    say({ kind: 'answers', from: from + at, block: answerBlock(readers, block) })
    at += block.length
    await setImmediate()
    signal.throwIfAborted()
  }
  return places.length
}
