import { AuditweaveError } from '@/lib/audit/errors'
import type { ContextPicture } from '@/lib/contexts/view/picture'
import type { LiveContextLine, LiveUpdate, WatchTrial } from '@/lib/live/live-state'
import { readLiveFile } from './live-files'

const TIMEOUT_MS = 20_000

/** Asks the engine of this data folder; null where none runs, or where it has nothing of that name. @throws AuditweaveError what the engine refused */
async function ask<T>(path: string, init: { readonly method?: 'POST'; readonly body?: string } = {}): Promise<T | null> {
  const control = await readLiveFile('control')
  if (!control) return null
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const response = await fetch(`http://127.0.0.1:${control.port}/${path}`, { ...init, signal, cache: 'no-store', headers: { authorization: `Bearer ${control.token}` } }).catch(() => null)
  // The file of an engine that was killed may name a port that another program has by now.
  if (response === null || response.status === 401 || response.status === 404) return null
  const value: unknown = await response.json()
  if (response.ok) return value as T
  const error = (value as { error?: { code?: unknown; message?: unknown } }).error
  throw new AuditweaveError(String(error?.code ?? 'live-failed'), String(error?.message ?? 'The engine of live contexts failed. Its log is in logs/live.log of the data folder.'))
}

/** What changed since a version; null while no engine runs. */
export function liveUpdate({ run, since }: { readonly run: string | null; readonly since: number }): Promise<LiveUpdate | null> {
  return ask(`update?since=${since}${run === null ? '' : `&run=${encodeURIComponent(run)}`}`)
}

export function liveContext(id: string): Promise<LiveContextLine | null> {
  return ask(`contexts/${encodeURIComponent(id)}`)
}

export function livePicture(id: string): Promise<ContextPicture | null> {
  return ask(`contexts/${encodeURIComponent(id)}/picture`)
}

/** A received line of a context with its bodies, and why it is there. */
export function liveLine(id: string, seq: number): Promise<object | null> {
  return ask(`contexts/${encodeURIComponent(id)}/lines/${seq}`)
}

/** What a query finds among what is held; null while no engine runs. @throws AuditweaveError 'bad-query' */
export function tryInWindow(query: string): Promise<WatchTrial | null> {
  return ask('try', { method: 'POST', body: query })
}
