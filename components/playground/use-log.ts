'use client'
import { useSyncExternalStore } from 'react'
import { EMPTY_LOG, type LogState } from './log-state'
import { logStore } from './log-store'

/** What is known of the log in the worker. */
export function useLog(): LogState {
  return useSyncExternalStore(logStore.subscribe, logStore.state, () => EMPTY_LOG)
}
