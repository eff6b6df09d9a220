import { Play } from 'lucide-react'
import Link from 'next/link'
import { Suspense, type ReactNode } from 'react'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { RunStateMark } from '@/components/runs/run-state'
import { ButtonLink } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import type { LaunchView } from '../launch-view'

/** One experiment of the catalogue: what it repeats, its last launch, and what that said. `said` may take its time. */
export function ExperimentCard({ spec, last, launches, said }: { spec: ExperimentSpec; last: LaunchView | null; launches: number; said: ReactNode }) {
  return (
    <li data-experiment={spec.name} className="flex flex-col rounded-md border border-line p-4">
      <div className="flex items-start justify-between gap-3">
        <h3 className="text-14"><Link href={`/experiments/${spec.name}`} prefetch={false} className="link" data-row>{spec.title}</Link></h3>
        <ButtonLink size="sm" href={`/experiments/${spec.name}#launch`} prefetch={false} title="l, with the experiment in focus"><Play aria-hidden />Launch</ButtonLink>
      </div>
      <p className="mt-1">{spec.question}</p>
      <p className="mt-1 text-12 text-dim">{about(spec)}</p>
      {/* As high before as after it is read. */}
      <div className={cn('mt-auto pt-3', last && 'min-h-28')}>
        <div className="border-t border-line pt-2">
          {last ? (
            <p className="flex flex-wrap items-center gap-x-3 text-12 text-dim">
              <RunStateMark state={last.state} /> <span>{last.runs.done} of {plural(last.runs.total, 'run')} done, {last.scale} scale on <LogText text={last.datasetName} />, <Ago at={last.createdAt} />{launches > 1 ? `, ${launches} launches` : ''}</span>
            </p>
          ) : <p className="text-12 text-dim">Not launched yet.</p>}
          {last ? <Suspense fallback={<div className="skeleton mt-1 h-10" />}>{said}</Suspense> : null}
        </div>
      </div>
    </li>
  )
}

function about({ reproduces, runs, protocols }: ExperimentSpec): string {
  const what = runs.kind === 'train' ? `trains ${runs.preset}` : 'measures, trains nothing'
  return [reproduces ? `Repeats ${reproduces}` : 'Ours', what, protocols.length === 0 ? 'no protocol' : `protocols ${protocols.join(', ')}`].join('; ')
}
