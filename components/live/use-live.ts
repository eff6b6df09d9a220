'use client'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { liveClient } from './live-client'
import { EMPTY_LIVE } from './live-state'
import type { LiveMessages, LiveName, LiveState } from './live-types'

export function useLive(): LiveState {
  return useSyncExternalStore(liveClient.subscribe, liveClient.state, () => EMPTY_LIVE)
}

/** Calls back on every message of a name while mounted. */
export function useLiveMessage<N extends LiveName>(name: N, listener: (message: LiveMessages[N]) => void): void {
  const latest = useEffectEvent(listener)
  useEffect(() => liveClient.on(name, (message) => latest(message)), [name])
}

/** Has the epochs of a run sent while mounted and `active`. */
export function useWatchedRun(id: string, active: boolean): void {
  useEffect(() => (active ? liveClient.watch(id) : undefined), [id, active])
}
