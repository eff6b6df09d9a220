'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'

const PAUSE_MS = 1500

/** Reads the page anew, but not more often than every second and a half: small runs end by the dozen. The last call always counts. */
export function useSlowRefresh(): () => void {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => {
    if (timer.current) clearTimeout(timer.current)
  }, [])
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      router.refresh()
    }, PAUSE_MS)
  }
}
