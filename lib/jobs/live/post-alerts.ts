import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert } from '@/lib/live/watch'
import { nextDue, noteNotSent, noteSent } from '@/lib/store/live/deliveries'

/** Body of the post, version 1; documented in docs/live.md. */
export function alertBody({ id, watch, severity, contextId, trigger, events, firstAt, lastAt, raisedAt }: Alert): object {
  return { version: 1, id, watch, severity, context: contextId, trigger, events, firstAt, lastAt, raisedAt }
}

const TIMEOUT_MS = 5000
const IDLE_MS = 500
/** Seconds until the next attempt; after the last it is given up. */
export const AGAIN_SECONDS: readonly number[] = [2, 10, 60, 300, 1800]

/** Posts due alerts to the operator's webhook, one after the other, until aborted. A receiver tells repetitions by the id. */
export async function postAlerts(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const posted = await postNext(url, signal).catch(() => false)
    if (!posted) await sleep(IDLE_MS, undefined, { signal }).catch(() => {})
  }
}

/** Whether one was due. */
async function postNext(url: string, signal: AbortSignal): Promise<boolean> {
  const due = await nextDue()
  if (!due) return false
  const error = await post(url, due.alert, signal)
  if (signal.aborted && error !== null) return false
  if (error === null) await noteSent(due.alert.id)
  else await noteNotSent(due.alert.id, { error, again: AGAIN_SECONDS[due.attempts] ?? null })
  return true
}

/** Null when it was taken, else why not. Redirections are not followed: the operator named one address. */
async function post(url: string, alert: Alert, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST', redirect: 'manual', body: JSON.stringify(alertBody(alert)), signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: { 'content-type': 'application/json', 'idempotency-key': alert.id, 'user-agent': 'auditweave' },
    })
    await response.body?.cancel()
    return response.ok ? null : `The webhook answered ${response.status}.`
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return `The webhook did not answer within ${TIMEOUT_MS / 1000} s.`
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return `The webhook cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}.`
  }
}
