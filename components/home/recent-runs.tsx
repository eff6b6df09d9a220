import Link from 'next/link'
import { Ago } from '@/components/format/ago'
import { formatScore } from '@/components/format/number'
import type { RunLine } from '@/components/runs/run-line'
import { RunStateMark } from '@/components/runs/run-state'

export function RecentRuns({ runs }: { runs: readonly RunLine[] }) {
  if (runs.length === 0) return <p className="rounded-md border border-dashed border-line px-4 py-8 text-center text-dim">No run yet. Runs begin with a sweep in <Link href="/experiments" className="link">Experiments</Link>.</p>
  return (
    <ul className="rounded-md border border-line">
      {runs.map((run) => (
        <li key={run.id} className="grid h-9 grid-cols-[1fr_6rem_6.5rem_5.5rem] max-sm:grid-cols-[1fr_5rem] items-center gap-3 border-t border-line px-3 first:border-t-0">
          <Link href={`/runs/${run.id}`} prefetch={false} className="link truncate">#{run.number} {run.name}</Link>
          <RunStateMark state={run.state} stopping={run.stopping} />
          <span className="text-right max-sm:hidden" title={`F1 over window positions, ${run.protocol} protocol`}>{run.windowF1 === null ? '' : `F1 ${formatScore(run.windowF1)}`}</span>
          <span className="text-right text-12 text-dim max-sm:hidden"><Ago at={run.finishedAt ?? run.createdAt} /></span>
        </li>
      ))}
    </ul>
  )
}
