'use client'
import { Play, Square } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { formatDuration } from '@/components/format/duration'
import { formatCount, plural } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { RunStateMark } from '@/components/runs/run-state'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { showFailure, showToast } from '@/components/ui/toast'
import type { LaunchView } from '../launch-view'
import { useSlowRefresh } from '../progress/use-slow-refresh'

/** A launch of a batch, and the seconds that the experiment expects it to take. */
export interface BatchLaunch { readonly launch: LaunchView; readonly title: string; readonly expectedSeconds: number }

/** How far "run all" is, experiment by experiment, with the time left. */
export function BatchProgress({ batch, launches, now }: { batch: string; launches: readonly BatchLaunch[]; now: number }) {
  const router = useRouter()
  const refresh = useSlowRefresh()
  const ids = new Set(launches.map(({ launch }) => launch.id))
  useLiveMessage('run', (run) => {
    if (run.experimentId !== null && ids.has(run.experimentId)) refresh()
  })
  const sum = (read: (launch: LaunchView) => number): number => launches.reduce((total, { launch }) => total + read(launch), 0)
  const [total, open, stopped] = [sum(({ runs }) => runs.total), sum(({ runs }) => runs.queued + runs.running), sum(({ runs }) => runs.stopped)]
  const send = (action: 'stop' | 'resume'): void => {
    callApi(`/api/experiments/batches/${batch}/${action}`, { method: 'POST', body: {} }).then(() => {
      showToast(action === 'stop' ? 'All of it stops; what its runs have learnt is kept.' : 'Its runs wait for a worker again.', action === 'stop' ? { action: { label: 'Resume', run: () => send('resume') } } : {})
      router.refresh()
    }, showFailure)
  }
  const left = batchSecondsLeft(launches, now)
  return (
    <div className="rounded-md border border-line p-4">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <p className="flex-1" aria-live="polite"><b className="font-semibold">{formatCount(total - open)} of {formatCount(total)} runs ended</b> <span className="text-dim">{open > 0 ? `about ${formatDuration(Math.max(1, left))} left` : `${plural(launches.length, 'experiment')}, ${launches[0]?.launch.scale ?? ''} scale`}</span></p>
        {stopped > 0 ? <Button onClick={() => send('resume')}><Play aria-hidden />Resume all</Button> : null}
        {open > 0 ? <Button tone="danger" onClick={() => send('stop')}><Square aria-hidden />Stop all</Button> : null}
      </div>
      <Meter share={total === 0 ? null : (total - open) / total} label="Progress of the batch" className="h-1.5" />
      <ul className="mt-3 grid gap-x-6 sm:grid-cols-2 xl:grid-cols-3">
        {launches.map(({ launch, title }) => (
          <li key={launch.id} className="grid min-h-8 grid-cols-[1fr_5.5rem_6rem] items-center gap-2 border-t border-line">
            <Link prefetch={false} href={`/experiments/${launch.name}?launch=${launch.id}`} className="link truncate">{title}</Link>
            <RunStateMark state={launch.state} />
            <span className="text-right text-12 text-dim">{launch.runs.done + launch.runs.failed + launch.runs.stopped} of {launch.runs.total}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/**
 * Seconds until every launch has ended: what each expects for the runs that are open, by how much slower or faster the ended ones were so far than
 * expected, once a twentieth of the work is done.
 */
export function batchSecondsLeft(launches: readonly BatchLaunch[], now: number): number {
  const share = ({ runs }: LaunchView): number => (runs.total === 0 ? 0 : (runs.queued + runs.running) / runs.total)
  const left = launches.reduce((sum, { launch, expectedSeconds }) => sum + expectedSeconds * share(launch), 0)
  const done = launches.reduce((sum, { launch, expectedSeconds }) => sum + expectedSeconds * (1 - share(launch)), 0)
  const begun = Math.min(...launches.map(({ launch }) => Date.parse(launch.createdAt)))
  const spent = Math.max(0, (now - begun) / 1000)
  return done > 0.05 * (left + done) && spent > 0 ? left * (spent / done) : left
}
