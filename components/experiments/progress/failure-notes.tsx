import Link from 'next/link'
import { plural } from '@/components/format/number'
import { LogText } from '@/components/format/log-text'
import { Notice } from '@/components/ui/notice'
import { failuresOf, type Failure, type LaunchRun } from './launch-run'

const NAMED = 8

/** Runs that failed, were stopped or cut short, and why, together where they say the same. */
export function FailureNotes({ runs }: { runs: readonly LaunchRun[] }) {
  const { failed, early, stopped } = failuresOf(runs)
  if (failed.length + early.length + stopped.length === 0) return null
  return (
    <div className="mt-3 space-y-2">
      {failed.map((failure) => <Notice key={failure.why} tone="bad"><b className="font-medium">{plural(failure.runs.length, 'run')} failed.</b> <LogText text={failure.why} /> <RunLinks failure={failure} /></Notice>)}
      {stopped.map((failure) => <Notice key={failure.why} tone="warn"><b className="font-medium">{plural(failure.runs.length, 'run')} stopped.</b> <LogText text={failure.why} /> <RunLinks failure={failure} /></Notice>)}
      {early.map((failure) => <Notice key={failure.why} tone="warn"><b className="font-medium">{plural(failure.runs.length, 'run')} ended early.</b> {failure.why} <RunLinks failure={failure} /></Notice>)}
    </div>
  )
}

function RunLinks({ failure: { runs } }: { failure: Failure }) {
  return (
    <span className="text-12">
      {runs.slice(0, NAMED).map(({ line }) => <Link key={line.id} prefetch={false} href={`/runs/${line.id}`} className="link mr-2">run {line.number}</Link>)}
      {runs.length > NAMED ? <span className="text-dim">and {runs.length - NAMED} more</span> : null}
    </span>
  )
}
