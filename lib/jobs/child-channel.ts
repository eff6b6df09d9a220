import { childMessage } from './contracts'

/** Why a child process was asked to end: a person stopped it, or its worker shuts down. */
export type EndReason = 'stop' | 'yield'

export interface ChildChannel {
  readonly signal: AbortSignal
  readonly reason: EndReason | null
}

/**
 * Listens to the worker that started this process. A child does not outlive its worker: when the channel breaks it ends at
 * once, since another worker will take the work.
 */
export function openChildChannel(): ChildChannel {
  const abort = new AbortController()
  let reason: EndReason | null = null
  process.on('message', (message) => {
    const parsed = childMessage.safeParse(message)
    if (!parsed.success) return
    reason ??= parsed.data.kind
    abort.abort()
  })
  process.on('disconnect', () => process.exit(1))
  // Ctrl-C in a terminal reaches the whole group; the worker decides what becomes of the work.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {})
  return { signal: abort.signal, get reason() { return reason } }
}
