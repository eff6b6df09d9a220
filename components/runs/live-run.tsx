'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { EpochRow } from '@/lib/experiments/execute-types'
import { useLiveMessage, useWatchedRun } from '@/components/live/use-live'
import { Meter } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { EpochCurves } from './epoch-curves'
import { EpochTable } from './epoch-table'
import { mergeEpochs } from './epoch-series'
import { progressText } from './progress-text'
import { RunButtons } from './run-buttons'
import { progressShare, type RunLine } from './run-line'
import { RunStateMark } from './run-state'

interface Props { run: RunLine; epochs: readonly EpochRow[]; hasCheckpoint: boolean; hasModel: boolean; best: number | null }

/** State, progress, actions and curves of a run, fresh while it runs; the rest of the page follows when it ends. */
export function LiveRun({ run: first, epochs: known, hasCheckpoint, hasModel, best }: Props) {
  const router = useRouter()
  const [live, setLive] = useState<RunLine | null>(null)
  const [sent, setSent] = useState<readonly EpochRow[]>([])
  const run = live ?? first
  const active = run.state === 'running' || run.state === 'queued'
  const epochs = mergeEpochs(run.state === 'queued' ? [] : known, sent)
  useWatchedRun(run.id, active)
  useLiveMessage('run', (message) => {
    if (message.id !== run.id) return
    setLive(message)
    if (message.state !== run.state) router.refresh()
    if (message.state === 'queued') setSent([])
  })
  useLiveMessage('epochs', (message) => {
    if (message.run === run.id) setSent((now) => mergeEpochs(now, message.epochs))
  })
  return (
    <>
      <div className="mb-6 rounded-md border border-line px-4 py-3">
        <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
          <RunStateMark state={run.state} stopping={run.stopping} className="text-14 font-medium" />
          <span className="flex-1 text-dim" aria-live="polite">{statusText(run, hasCheckpoint)}</span>
          <RunButtons run={run} hasModel={hasModel} />
        </div>
        {run.state === 'running' ? <Meter share={progressShare(run.progress)} label="Progress of this run" className="mt-2 h-1.5" /> : null}
      </div>
      {run.error ? <Notice tone={run.state === 'failed' ? 'bad' : 'warn'} className="mb-6">{run.error}</Notice> : null}
      {epochs.length > 0 ? (
        <>
          <EpochCurves epochs={epochs} best={best} name={`run ${run.number}, ${run.protocol} protocol, W = ${run.window ?? '?'}`} />
          <EpochTable epochs={epochs} best={best} />
        </>
      ) : active ? <div className="mb-8 grid h-72 place-items-center rounded-md border border-dashed border-line text-dim">The curves begin when the first epoch ends.</div> : null}
    </>
  )
}

function statusText(run: RunLine, hasCheckpoint: boolean): string {
  if (run.state === 'queued') return 'Waits for a worker.'
  if (run.state === 'running') return run.stopping ? 'Stops after the present step; what is learnt is kept.' : progressText(run.progress)
  if (run.state === 'stopped') return hasCheckpoint ? 'Resume goes on from the last checkpoint to the same weights as an uninterrupted run.' : 'Stopped before its first checkpoint; Resume begins anew.'
  if (run.state === 'failed') return hasCheckpoint ? 'Resume goes on from the last checkpoint; Retry begins anew.' : 'Retry begins anew.'
  return ''
}
