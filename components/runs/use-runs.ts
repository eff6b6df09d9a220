'use client'
import { useCallback, useEffect, useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { showFailure } from '@/components/ui/toast'
import type { RunLine } from './run-line'

/** All runs: begins with those the page came with, reads the rest, then keeps them fresh by what is sent. */
export function useRuns(first: readonly RunLine[], total: number): { runs: readonly RunLine[]; complete: boolean } {
  const [runs, setRuns] = useState(first)
  const [complete, setComplete] = useState(first.length >= total)
  const readAll = useCallback(() => {
    callApi<{ rows: RunLine[] }>('/api/runs').then(({ rows }) => {
      setRuns(rows)
      setComplete(true)
    }, showFailure)
  }, [])
  useEffect(() => {
    if (first.length < total) readAll()
  }, [first.length, total, readAll])
  useLiveMessage('run', (run) => setRuns((now) => replaceRun(now, run)))
  useLiveMessage('run-gone', ({ id }) => setRuns((now) => now.filter((run) => run.id !== id)))
  useLiveMessage('runs-changed', readAll)
  useLiveMessage('snapshot', ({ active }) => setRuns((now) => active.reduce(replaceRun, now)))
  return { runs, complete }
}

function replaceRun(runs: readonly RunLine[], run: RunLine): readonly RunLine[] {
  const index = runs.findIndex((other) => other.id === run.id)
  if (index < 0) return [run, ...runs]
  return JSON.stringify(runs[index]) === JSON.stringify(run) ? runs : runs.with(index, run)
}
