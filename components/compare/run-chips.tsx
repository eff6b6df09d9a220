import { X } from 'lucide-react'
import Link from 'next/link'
import { Mark } from '@/components/charts/marker'
import { cn } from '@/components/ui/cn'
import type { ComparedRun } from './compared-run'

/** The compared runs with their marks; one is the baseline. */
export function RunChips({ runs, baseline, onBaseline, onRemove }: { runs: readonly ComparedRun[]; baseline: string; onBaseline: (id: string) => void; onRemove: (id: string) => void }) {
  return (
    <ul className="mb-5 flex flex-wrap gap-2">
      {runs.map(({ run, look, name }) => (
        <li key={run.id} className={cn('flex h-8 items-center gap-2 rounded-md border pl-2.5', run.id === baseline ? 'border-accent bg-accent-bg' : 'border-line')}>
          <svg viewBox="0 0 14 14" className="size-3.5" aria-hidden><Mark kind={look.marker} color={look.color} x={7} y={7} /></svg>
          <Link href={`/runs/${run.id}`} prefetch={false} className="hover:underline" title={run.name}>{name}</Link>
          {run.id === baseline ? <span className="text-12 text-accent">baseline</span> : <button type="button" className="text-12 text-dim hover:text-ink hover:underline" onClick={() => onBaseline(run.id)}>make baseline</button>}
          <button type="button" aria-label={`Take ${name} out`} className="grid h-full w-7 place-items-center text-dim hover:text-ink" onClick={() => onRemove(run.id)}><X aria-hidden className="size-3.5" /></button>
        </li>
      ))}
    </ul>
  )
}
