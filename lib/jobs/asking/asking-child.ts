import { getHeapStatistics } from 'node:v8'
import { isAuditweaveError } from '@/lib/audit/errors'
import { formatQueryError, isQueryError } from '@/lib/query'
import { answerExport } from './answer-export'
import { answerRun } from './answer-run'
import { answerCatalogue, answerValues } from './answer-values'
import { KeptLogs } from './kept-logs'
import type { Ask, FromChild, Said, ToChild } from './messages'

// A process of its own beside the server: bin/child.mjs asking-child. It keeps data sets as columns and answers queries, one after the other.

/** Of what the process may take; beyond it the data set that was not asked for longest goes. */
const ROOM = 0.55

const running = new Map<number, AbortController>()
const logs = new KeptLogs(() => {
  const { heap_size_limit: limit } = getHeapStatistics()
  const used = (): number => { const { heapUsed, arrayBuffers } = process.memoryUsage(); return heapUsed + arrayBuffers }
  if (used() < limit * ROOM) return true
  // What is garbage takes no room.
  globalThis.gc?.()
  return used() < limit * ROOM
})

function send(message: FromChild): void {
  // The server may have gone meanwhile.
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}

function carryOut(ask: Ask, say: (said: Said) => void, signal: AbortSignal): Promise<void> {
  switch (ask.kind) {
    case 'run': return answerRun(ask, logs, say, signal)
    case 'export': return answerExport(ask, logs, say, signal)
    case 'values': return answerValues(ask, logs, say, signal)
    case 'catalogue': return answerCatalogue(ask, logs, say, signal)
  }
}

async function answer(id: number, ask: Ask): Promise<void> {
  const abort = new AbortController()
  running.set(id, abort)
  try {
    await carryOut(ask, (said) => send({ id, said }), abort.signal)
    send({ id, done: true })
  } catch (error) {
    if (!abort.signal.aborted) send({ id, failed: faultOf(error, ask) })
  } finally {
    running.delete(id)
  }
}

function faultOf(error: unknown, ask: Ask): { code: string; message: string } {
  if (isQueryError(error)) return { code: error.code, message: 'text' in ask ? formatQueryError(ask.text, error) : error.message }
  if (isAuditweaveError(error)) return { code: error.code, message: error.message }
  console.error(error)
  return { code: 'internal', message: 'The query failed for a reason that the server\'s output has. Try another one.' }
}

process.on('message', (message: ToChild) => {
  if ('cancel' in message) running.get(message.id)?.abort(new Error('Whoever asked has gone.'))
  else void answer(message.id, message.ask)
})
process.on('disconnect', () => process.exit(0))
// Ctrl-C in a terminal reaches the whole group; the server decides when this ends.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {})
