import { serveCalls } from '@/components/worker/serve-calls'
import { labelLog } from './label-log'
import { LogSession } from './log-session'
import type { Calls, Progress } from './protocol'

let session: LogSession | null = null

function loaded(): LogSession {
  if (!session) throw new Error('No log is read yet. Paste lines or load the sample.')
  return session
}

// One log is held at a time.
serveCalls<Calls, Progress>({
  load: async ({ source }, hooks) => {
    session = null
    session = await LogSession.read(source, hooks)
    return session.summary()
  },
  query: ({ text }, { signal }) => loaded().query(text, signal),
  context: async ({ id }) => loaded().context(id),
  event: ({ auditID }) => loaded().event(auditID),
  lines: async ({ text, show, from, to }) => loaded().page(text, show, from, to),
  model: (ask, hooks) => labelLog(loaded(), ask, hooks),
  explain: ({ auditID }, hooks) => loaded().explain(auditID, hooks),
  unlabel: async () => loaded().unlabel(),
}, ({ phase }) => phase)
