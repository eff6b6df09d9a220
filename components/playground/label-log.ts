import { createInlineEngine } from '@/lib/engine/wasm/inline'
import { parseModel } from '@/lib/model/model-file'
import type { LabelHooks } from './log-labels'
import type { LogSession } from './log-session'
import type { Calls } from './protocol'

/** Runs a model over the log in this very thread; nothing but its two files came from elsewhere. */
export async function labelLog(session: LogSession, ask: Calls['model']['ask'], hooks: LabelHooks): Promise<Calls['model']['answer']> {
  return session.label(parseModel(ask.manifest, new Uint8Array(ask.weights)), await createInlineEngine(ask.engine), hooks, ask.neighbours)
}
