import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { isQueryError } from '@/lib/query'
import type { CallMap, CallName, Cancel, Reply, Request } from './calls'

export interface CallHooks<P> { readonly signal: AbortSignal; onProgress(progress: P): void }

/** What each question does. */
export type CallHandlers<C extends CallMap<C>, P> = { readonly [N in CallName<C>]: (ask: C[N]['ask'], hooks: CallHooks<P>) => Promise<C[N]['answer']> }

/** Buffers of an answer that may be handed over instead of copied. */
export type Transfers = (answer: unknown) => Transferable[]

/** What news are of: of the same thing they are passed on now and then; null is always passed on. */
export type ProgressKey<P> = (progress: P) => string | null

const PROGRESS_MS = 80

/** Answers the questions of the page that started this worker. */
export function serveCalls<C extends CallMap<C>, P>(handlers: CallHandlers<C, P>, keyOf: ProgressKey<P>, transfers: Transfers = () => []): void {
  const running = new Map<number, AbortController>()
  // A worker has but one reader; there is no origin to name.
  const send = (reply: Reply<P>, transfer: Transferable[] = []): void => self.postMessage(reply, { transfer })
  const answer = async ({ id, name, ask }: Request<C>): Promise<void> => {
    const stop = new AbortController()
    running.set(id, stop)
    try {
      const call = handlers[name] as (ask: unknown, hooks: CallHooks<P>) => Promise<unknown>
      const given = await call(ask, { signal: stop.signal, onProgress: paced(keyOf, (progress) => send({ id, kind: 'progress', progress })) })
      send({ id, kind: 'answer', answer: given }, transfers(given))
    } catch (error) {
      send({ id, kind: 'error', ...toError(error) })
    } finally {
      running.delete(id)
    }
  }
  self.addEventListener('message', ({ data }: MessageEvent<Request<C> | Cancel>) => {
    if ('cancel' in data) running.get(data.id)?.abort(new AuditweaveError('cancelled', 'It was stopped.'))
    else void answer(data)
  })
}

/** Drops news that come quicker than anybody reads: a page that draws each of them would slow the work down. */
export function paced<P>(keyOf: ProgressKey<P>, pass: (progress: P) => void, now: () => number = () => performance.now()): (progress: P) => void {
  let [last, lastKey]: [number, string | null] = [Number.NEGATIVE_INFINITY, null]
  return (progress) => {
    const key = keyOf(progress)
    if (key !== null && key === lastKey && now() - last < PROGRESS_MS) return
    if (key !== null) [last, lastKey] = [now(), key]
    pass(progress)
  }
}

function toError(error: unknown): { code: string; message: string } {
  if (isAuditweaveError(error)) return { code: error.code, message: error.message }
  if (isQueryError(error)) return { code: 'bad-query', message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : 'The worker failed. Load the page again.' }
}
