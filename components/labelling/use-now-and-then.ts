import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 300

/** A value as it was a moment ago at most: for figures over the whole log, which nobody reads at every key. */
export function useNowAndThen<T>(value: T): T {
  const [shown, setShown] = useState(value)
  const newest = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    newest.current = value
    timer.current ??= setTimeout(() => {
      timer.current = null
      setShown(newest.current)
    }, PAUSE_MS)
  }, [value])
  useEffect(() => () => {
    clearTimeout(timer.current ?? undefined)
    timer.current = null
  }, [])
  return shown
}
