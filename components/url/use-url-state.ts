'use client'
import { useCallback } from 'react'
import { useAheadState } from './use-ahead-state'

/** How a page's state is written into the address and read from it. Defaults are left out of the address. */
export interface UrlCodec<T> {
  read(params: URLSearchParams): T
  write(state: T): URLSearchParams
}

/**
 * State that is in the address with every change. Changes replace the present entry, unless `push` is said:
 * then "back" returns to what was before. The page does not wait for the router, so that a second change builds on the first.
 */
export function useUrlState<T>(codec: UrlCodec<T>): readonly [T, (next: T | ((now: T) => T), push?: boolean) => void] {
  const [state, change] = useAheadState(codec, 0)
  const set = useCallback((next: T | ((now: T) => T), push = false) => change(typeof next === 'function' ? (next as (now: T) => T) : () => next, push), [change])
  return [state, set]
}
