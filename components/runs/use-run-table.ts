'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RunProgress } from '@/lib/experiments/execute-types'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { showFailure } from '@/components/ui/toast'
import type { ColumnTable } from '@/components/columns/column'
import { mergeTables, withoutRows } from '@/components/columns/merge'
import { fromWire } from '@/components/columns/wire'
import { columnFacts } from './column-facts'
import type { RunsWire } from './run-cells'
import type { RunLine } from './run-line'

/** Changes that come close together are read at once. */
const GATHER_MS = 500
const AT_ONCE = 500

export interface RunTable {
  readonly table: ColumnTable
  readonly progress: ReadonlyMap<string, RunProgress>
  readonly errors: ReadonlyMap<string, string>
  readonly stopping: ReadonlySet<string>
}

export function readRuns(wire: RunsWire): RunTable {
  return { table: fromWire(wire, columnFacts), progress: new Map(Object.entries(wire.progress)), errors: new Map(Object.entries(wire.errors)), stopping: new Set(wire.stopping) }
}

/** All runs as columns: begins with those the page came with, reads the rest, then reads those anew that changed. */
export function useRunTable(first: RunsWire, total: number): { runs: RunTable; complete: boolean; refresh: (ids: readonly string[]) => void } {
  const [runs, setRuns] = useState(() => readRuns(first))
  const [complete, setComplete] = useState(first.ids.length >= total)
  const changed = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const readAll = useCallback(() => {
    callApi<RunsWire>('/api/run-table').then((wire) => {
      setRuns(readRuns(wire))
      setComplete(true)
    }, showFailure)
  }, [])
  const readChanged = useCallback(() => {
    timer.current = null
    const ids = [...changed.current]
    changed.current.clear()
    if (ids.length > AT_ONCE) readAll()
    else callApi<RunsWire>(`/api/run-table?ids=${ids.join(',')}`).then((wire) => setRuns((now) => mergeRuns(now, wire)), showFailure)
  }, [readAll])
  const refresh = useCallback((ids: readonly string[]) => {
    for (const id of ids) changed.current.add(id)
    if (changed.current.size > 0 && timer.current === null) timer.current = setTimeout(readChanged, GATHER_MS)
  }, [readChanged])
  useEffect(() => {
    if (first.ids.length < total) readAll()
    return () => clearTimeout(timer.current ?? undefined)
  }, [first.ids.length, total, readAll])
  const seen = useRef(new Map<string, string>())
  const follow = (run: RunLine): void => {
    const { progress } = run
    if (run.state === 'running' && progress) setRuns((now) => ({ ...now, progress: new Map(now.progress).set(run.id, progress) }))
    // Most messages tell progress alone; the run is read anew when more than that changed.
    const sign = JSON.stringify([run.state, run.stopping, run.pinned, run.tags, run.epochs])
    if (seen.current.get(run.id) !== sign) refresh([run.id])
    seen.current.set(run.id, sign)
  }
  useLiveMessage('run', follow)
  useLiveMessage('snapshot', ({ active }) => active.forEach(follow))
  useLiveMessage('run-gone', ({ id }) => setRuns((now) => ({ ...now, table: withoutRows(now.table, new Set([id])) })))
  useLiveMessage('runs-changed', readAll)
  return { runs, complete, refresh }
}

function mergeRuns(now: RunTable, wire: RunsWire): RunTable {
  const fresh = readRuns(wire)
  const read = new Set(wire.ids)
  const keep = <V>(old: ReadonlyMap<string, V>, more: ReadonlyMap<string, V>): Map<string, V> => new Map([...[...old].filter(([id]) => !read.has(id)), ...more])
  return {
    table: mergeTables(now.table, fresh.table),
    progress: keep(now.progress, fresh.progress),
    errors: keep(now.errors, fresh.errors),
    stopping: new Set([...[...now.stopping].filter((id) => !read.has(id)), ...fresh.stopping]),
  }
}
