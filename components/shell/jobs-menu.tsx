'use client'
import Link from 'next/link'
import { Popover } from 'radix-ui'
import { useLive } from '@/components/live/use-live'
import type { LiveImport } from '@/components/live/live-types'
import { importShare, importText } from '@/components/datasets/import-progress'
import { progressShare, type RunLine } from '@/components/runs/run-line'
import { progressText } from '@/components/runs/progress-text'
import { Meter } from '@/components/ui/meter'
import { keepFocus } from '@/components/ui/keep-focus'

const RING = 2 * Math.PI * 6.5
const SHOWN = 8

/** What runs now: a ring that fills with the mean progress, and a list behind it. */
export function JobsMenu() {
  const { counts, active, imports, connected } = useLive()
  const running = counts.running + imports.length
  const shares = [...active.filter((run) => run.state === 'running').map((run) => progressShare(run.progress) ?? 0), ...imports.map((entry) => importShare(entry.progress) ?? 0)]
  const mean = shares.length > 0 ? shares.reduce((sum, share) => sum + share, 0) / shares.length : 0
  const text = running > 0 ? `${running} running` : counts.queued > 0 ? `${counts.queued} queued` : 'Nothing runs'
  return (
    <Popover.Root>
      <Popover.Trigger className="flex h-8 items-center gap-2 rounded-md border border-line px-2.5 whitespace-nowrap text-dim hover:bg-hover hover:text-ink" aria-label={`${text}. Open the job list`}>
        <svg viewBox="0 0 16 16" className="size-4 -rotate-90" aria-hidden>
          <circle cx="8" cy="8" r="6.5" fill="none" strokeWidth="2" className="stroke-line" />
          {running > 0 ? <circle cx="8" cy="8" r="6.5" fill="none" strokeWidth="2" strokeLinecap="round" className="stroke-accent" strokeDasharray={`${Math.max(0.04, mean) * RING} ${RING}`} /> : null}
        </svg>
        <span className="min-w-20 text-left max-md:hidden">{text}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content onCloseAutoFocus={keepFocus} align="end" sideOffset={6} collisionPadding={8} className="z-50 w-88 rounded-md border border-line bg-raised p-3 shadow-lg" aria-label="Jobs">
          {connected ? null : <p className="mb-2 text-warn">The live connection is down; trying again.</p>}
          {active.length + imports.length === 0 ? <p className="text-dim">Nothing runs and nothing waits. Launch a sweep in <Link href="/experiments" className="link">Experiments</Link>.</p> : null}
          <ul className="space-y-3">
            {imports.map((entry) => <ImportJob key={entry.id} entry={entry} />)}
            {active.slice(0, SHOWN).map((run) => <RunJob key={run.id} run={run} />)}
          </ul>
          {active.length > SHOWN ? <p className="mt-3 text-dim">and {active.length - SHOWN} more in <Link href="/runs?state=queued,running" className="link">Runs</Link></p> : null}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function RunJob({ run }: { run: RunLine }) {
  return (
    <li>
      <Link href={`/runs/${run.id}`} className="block rounded-sm hover:text-accent">
        <span className="flex justify-between gap-3"><span className="truncate">#{run.number} {run.name}</span><span className="shrink-0 text-dim">{run.state}</span></span>
        <span className="block text-12 text-dim">{run.state === 'queued' ? 'Waits for a worker' : progressText(run.progress)}</span>
      </Link>
      {run.state === 'running' ? <Meter share={progressShare(run.progress)} label={`Progress of run ${run.number}`} className="mt-1" /> : null}
    </li>
  )
}

function ImportJob({ entry }: { entry: LiveImport }) {
  return (
    <li>
      <Link href={`/datasets/${entry.id}`} className="block rounded-sm hover:text-accent">
        <span className="flex justify-between gap-3"><span className="truncate">{entry.name}</span><span className="shrink-0 text-dim">import</span></span>
        <span className="block text-12 text-dim">{importText(entry.progress)}</span>
      </Link>
      <Meter share={importShare(entry.progress)} label={`Import of ${entry.name}`} className="mt-1" />
    </li>
  )
}
