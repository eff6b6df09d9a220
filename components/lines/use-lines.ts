'use client'
import { useEffect, useState } from 'react'
import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { callApi } from '@/components/live/call-api'

/** The lines of a pair of runs, read once. */
export function useLines(a: string, b: string): { lines: LineColumns | null; error: string | null } {
  const of = `${a} ${b}`
  const [state, setState] = useState<{ of: string; lines: LineColumns | null; error: string | null }>({ of, lines: null, error: null })
  useEffect(() => {
    const stop = new AbortController()
    callApi<LineColumns>(`/api/answers/lines?${new URLSearchParams({ a, b })}`, { signal: stop.signal }).then(
      (lines) => setState({ of, lines, error: null }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ of, lines: null, error: error instanceof Error ? error.message : 'Reading the lines failed.' })
      },
    )
    return () => stop.abort()
  }, [a, b, of])
  return state.of === of ? state : { lines: null, error: null }
}
