'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'

/** How a page's state is written into the address and read from it. Defaults are left out of the address. */
export interface UrlCodec<T> {
  read(params: URLSearchParams): T
  write(state: T): URLSearchParams
}

/**
 * State that lives in the address alone. Changes replace the present entry, unless `push` is said:
 * then "back" returns to what was before.
 */
export function useUrlState<T>(codec: UrlCodec<T>): readonly [T, (next: T | ((now: T) => T), push?: boolean) => void] {
  const path = usePathname()
  const params = useSearchParams()
  const state = useMemo(() => codec.read(new URLSearchParams(params)), [codec, params])
  const set = useCallback((next: T | ((now: T) => T), push = false) => {
    const now = codec.read(new URLSearchParams(window.location.search))
    const query = codec.write(typeof next === 'function' ? (next as (now: T) => T)(now) : next).toString()
    const address = `${path}${query ? `?${query}` : ''}${window.location.hash}`
    if (push) window.history.pushState(null, '', address)
    else window.history.replaceState(null, '', address)
  }, [codec, path])
  return [state, set]
}
