import { isAuditweaveError } from '@/lib/audit/errors'
import { streamSource } from '@/lib/audit/source'
import { isQueryError } from '@/lib/query'
import { labelLog } from './label-log'
import { LogSession } from './log-session'
import type { CallName, Calls, Reply, Request } from './protocol'

let session: LogSession | null = null

// A worker has but one reader; there is no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const send = (reply: Reply): void => self.postMessage(reply)

function loaded(): LogSession {
  if (!session) throw new Error('No log is read yet. Paste lines or load the sample.')
  return session
}

/** What each question does; one log is held at a time. */
const CALLS: { readonly [N in CallName]: (ask: Calls[N]['ask'], progress: (done: number, total: number | null) => void) => Promise<Calls[N]['answer']> } = {
  load: async ({ source }, progress) => {
    session = null
    const read = await LogSession.read(streamSource(source.stream()), (bytes) => progress(bytes, source.size))
    session = read.session
    return read.loaded
  },
  query: async ({ text }) => loaded().query(text),
  context: async ({ id }) => loaded().context(id),
  event: async ({ auditID }) => loaded().event(auditID),
  lines: async () => loaded().lines(),
  model: async (ask, progress) => labelLog(loaded(), ask, progress),
}

function toError(error: unknown): { code: string; message: string } {
  if (isAuditweaveError(error)) return { code: error.code, message: error.message }
  if (isQueryError(error)) return { code: 'bad-query', message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : 'The worker failed. Load the page again.' }
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  const call = CALLS[data.name] as (ask: unknown, progress: (done: number, total: number | null) => void) => Promise<Calls[CallName]['answer']>
  call(data.ask, (done, total) => send({ id: data.id, kind: 'progress', done, total })).then(
    (answer) => send({ id: data.id, kind: 'answer', answer }),
    (error: unknown) => send({ id: data.id, kind: 'error', ...toError(error) }),
  )
})
