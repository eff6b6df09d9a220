import Link from 'next/link'
import { formatDuration } from '@/components/format/duration'
import { progressText } from '@/components/runs/progress-text'
import { RunStateMark } from '@/components/runs/run-state'
import { cn } from '@/components/ui/cn'
import { placeText, varyingAxes, type LaunchRun } from './launch-run'

/** Beyond it the list scrolls, and what is out of sight is not laid out. */
const SHORT = 36

/** Every run of a launch by its place on the axes: state, and figure or progress. */
export function RunItems({ runs }: { runs: readonly LaunchRun[] }) {
  const axes = varyingAxes(runs)
  return (
    <ul aria-label="Runs of the launch" tabIndex={runs.length > SHORT ? 0 : undefined} className={cn('mt-3 grid gap-x-6 sm:grid-cols-2 2xl:grid-cols-3', runs.length > SHORT && 'max-h-72 overflow-y-auto')}>
      {runs.map((run) => <RunItem key={run.line.id} run={run} axes={axes} />)}
    </ul>
  )
}

function RunItem({ run, axes }: { run: LaunchRun; axes: readonly string[] }) {
  const { line } = run
  return (
    <li className="grid min-h-8 grid-cols-[minmax(8rem,1.4fr)_5.5rem_minmax(5rem,1fr)] items-center gap-2 border-t border-line [content-visibility:auto] [contain-intrinsic-size:auto_2rem]">
      <Link prefetch={false} href={`/runs/${line.id}`} className="link truncate whitespace-nowrap" title={`run ${line.number}: ${line.name}`}>{placeText(run, axes)}</Link>
      <RunStateMark state={line.state} stopping={line.stopping} />
      <span className="truncate text-right text-12 text-dim" title={line.error ?? undefined}>{outcome(run)}</span>
    </li>
  )
}

function outcome({ line, endedEarly }: LaunchRun): string {
  if (line.state === 'running') return progressText(line.progress)
  if (line.state === 'failed') return line.error ?? ''
  const early = endedEarly === null ? '' : ', ended early'
  if (line.windowF1 !== null) return `F1 ${line.windowF1.toFixed(4)}${early}`
  return line.totalSeconds === null ? early : `${formatDuration(line.totalSeconds)}${early}`
}
