'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { formatDuration } from '@/components/format/duration'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { progressShare, type RunLine } from '@/components/runs/run-line'
import { progressText } from '@/components/runs/progress-text'
import { RunStateMark } from '@/components/runs/run-state'
import { Button, ButtonLink } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { cn } from '@/components/ui/cn'
import { showFailure } from '@/components/ui/toast'
import { secondsLeft, type LaunchView } from './launch-view'

/** How far a launch is, run by run; the report beside it is read anew whenever one ends. */
export function LaunchProgress({ launch, runs: first }: { launch: LaunchView; runs: readonly RunLine[] }) {
  const router = useRouter()
  const [sent, setSent] = useState<ReadonlyMap<string, RunLine>>(new Map())
  const runs = first.map((run) => sent.get(run.id) ?? run)
  const refresh = (before: RunLine | undefined, after: RunLine): void => {
    if (before && before.state !== after.state) router.refresh()
  }
  useLiveMessage('run', (run) => {
    if (run.experimentId !== launch.id) return
    refresh(runs.find((other) => other.id === run.id), run)
    setSent((now) => new Map(now).set(run.id, run))
  })
  const ended = runs.filter((run) => run.state === 'done' || run.state === 'failed' || run.state === 'stopped').length
  const active = runs.some((run) => run.state === 'running' || run.state === 'queued')
  const share = runs.length === 0 ? 0 : runs.reduce((sum, run) => sum + (run.state === 'running' ? (progressShare(run.progress) ?? 0) : run.state === 'queued' ? 0 : 1), 0) / runs.length
  const left = secondsLeft(runs)
  const stop = (): void => {
    callApi(`/api/experiments/launches/${launch.id}/stop`, { method: 'POST' }).then(() => router.refresh(), showFailure)
  }
  return (
    <div className="rounded-md border border-line p-4">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="flex-1" aria-live="polite"><b className="font-semibold">{ended} of {runs.length} runs ended</b> <span className="text-dim">{active ? (left === null ? 'the time left is known when the first run ends' : `about ${formatDuration(left)} left`) : `${launch.scale} scale on ${launch.datasetName}`}</span></p>
        <ButtonLink href={`/compare?runs=${runs.filter((run) => run.windowF1 !== null).map((run) => run.id).join(',')}`} aria-disabled={ended === 0}>Compare them</ButtonLink>
        {active ? <Button tone="danger" onClick={stop}>Stop the sweep</Button> : null}
      </div>
      <Meter share={share} label="Progress of the sweep" className="h-1.5" />
      <ul className={cn('mt-3 grid gap-x-6 sm:grid-cols-2 xl:grid-cols-3', runs.length > 40 && 'max-h-72 overflow-y-auto')}>
        {runs.map((run) => <RunItem key={run.id} run={run} />)}
      </ul>
    </div>
  )
}

function RunItem({ run }: { run: RunLine }) {
  return (
    <li className="grid min-h-8 grid-cols-[4.5rem_4rem_5.5rem_1fr] items-center gap-2 border-t border-line">
      <Link prefetch={false} href={`/runs/${run.id}`} className="link truncate whitespace-nowrap" title={run.name}>{run.trial === null ? `W = ${run.window ?? '?'}` : `trial ${run.trial}`}</Link>
      <span className="text-dim">{run.protocol}</span>
      <RunStateMark state={run.state} stopping={run.stopping} />
      <span className="truncate text-right text-12 text-dim" title={run.error ?? undefined}>{run.windowF1 === null ? (run.state === 'running' ? progressText(run.progress) : (run.error ?? '')) : `F1 ${run.windowF1.toFixed(4)}`}</span>
    </li>
  )
}
