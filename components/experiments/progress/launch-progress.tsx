'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { formatDuration } from '@/components/format/duration'
import { formatCount } from '@/components/format/number'
import { useLiveMessage } from '@/components/live/use-live'
import { progressShare, type RunLine } from '@/components/runs/run-line'
import { Meter } from '@/components/ui/meter'
import type { LaunchView } from '../launch-view'
import { FailureNotes } from './failure-notes'
import { LaunchButtons } from './launch-buttons'
import { timeLeft, type LaunchRun } from './launch-run'
import { RunItems } from './run-items'
import { useSlowRefresh } from './use-slow-refresh'

interface Props {
  launch: LaunchView
  runs: readonly LaunchRun[]
  /** Runs that it will have in the end, more than it has while it grows. */
  expectedRuns: number
  expectedRunSeconds: number
  /** When the page was read, in milliseconds since 1970. */
  now: number
}

const CLOSED: ReadonlySet<string> = new Set(['done', 'failed', 'stopped'])

/** How far a launch is, run by run, and what can be done with it; the report beside it is read anew as runs end. */
export function LaunchProgress({ launch, runs: first, expectedRuns, expectedRunSeconds, now: readAt }: Props) {
  const router = useRouter()
  const refresh = useSlowRefresh()
  const [now, setNow] = useState(readAt)
  const [sent, setSent] = useState<ReadonlyMap<string, RunLine>>(new Map())
  const runs = first.map((run) => ({ ...run, line: newer(run.line, sent.get(run.line.id)) }))
  useLiveMessage('run', (line) => {
    if (line.experimentId !== launch.id) return
    setNow(Date.now())
    const before = runs.find((run) => run.line.id === line.id)
    // a run that is not known yet has been added by a launch that grows
    if (!before || before.line.state !== line.state) refresh()
    setSent((known) => new Map(known).set(line.id, line))
  })
  const ended = runs.filter(({ line }) => CLOSED.has(line.state)).length
  const total = Math.max(runs.length, active(runs) ? expectedRuns : 0)
  const share = total === 0 ? 0 : runs.reduce((sum, { line }) => sum + (line.state === 'running' ? (progressShare(line.progress) ?? 0) : CLOSED.has(line.state) ? 1 : 0), 0) / total
  return (
    <div className="rounded-md border border-line p-4">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <p className="flex-1" aria-live="polite"><b className="font-semibold">{formatCount(ended)} of {formatCount(total)} runs ended</b> <span className="text-dim"><Rest launch={launch} runs={runs} more={total - runs.length} expectedRunSeconds={expectedRunSeconds} now={now} /></span></p>
        <LaunchButtons launch={launch} runs={runs} onDone={() => router.refresh()} />
      </div>
      <Meter share={share} label="Progress of the launch" className="h-1.5" />
      <FailureNotes runs={runs} />
      <RunItems runs={runs} />
    </div>
  )
}

function newer(read: RunLine, sent: RunLine | undefined): RunLine {
  return sent && !(CLOSED.has(read.state) && !CLOSED.has(sent.state) && read.finishedAt !== null && sent.finishedAt === null) ? sent : read
}

function count(runs: readonly LaunchRun[], state: 'failed' | 'stopped'): string {
  const found = runs.filter(({ line }) => line.state === state).length
  return found === 0 ? '' : `${formatCount(found)} ${state}`
}

function active(runs: readonly LaunchRun[]): boolean {
  return runs.some(({ line }) => line.state === 'running' || line.state === 'queued')
}

function Rest({ launch, runs, more, expectedRunSeconds, now }: { launch: LaunchView; runs: readonly LaunchRun[]; more: number; expectedRunSeconds: number; now: number }) {
  if (!active(runs)) return `${[count(runs, 'failed'), count(runs, 'stopped')].filter((text) => text !== '').map((text) => `${text}, `).join('')}${launch.scale} scale on ${launch.datasetName}`
  const left = timeLeft(runs, now, expectedRunSeconds)
  const grows = more > 0 ? `, ${formatCount(more)} of them follow from others` : ''
  return left === null ? `the time left is known when the first run ends${grows}` : `about ${formatDuration(Math.max(1, left + more * expectedRunSeconds))} left${grows}`
}
