'use client'
import { Check } from 'lucide-react'
import { formatDuration } from '@/components/format/duration'
import { formatBytes, formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Meter } from '@/components/ui/meter'
import { cn } from '@/components/ui/cn'
import { progressShare } from './log-state'
import { PHASES, type LabelProgress, type Phase } from './protocol'

const NAMES: Readonly<Record<Phase, string>> = { reading: 'Reading', linking: 'Linking', network: 'Network', joining: 'Joining' }

/** What the worker is at, how far it is, what is behind it, and the way out. */
export function PhaseBar({ progress, seconds, stopLabel, onStop }: { progress: LabelProgress; seconds: Readonly<Partial<Record<Phase, number>>>; stopLabel: string; onStop: () => void }) {
  useKey('Escape', stopLabel, 'Playground', onStop, { always: true })
  return (
    <div className="rounded-md border border-line px-3 py-2.5">
      <div className="flex min-h-8 flex-wrap items-center gap-x-5 gap-y-1.5">
        <ol className="flex flex-1 flex-wrap gap-x-5 gap-y-1" aria-label="Phases">
          {PHASES.map((phase) => <PhaseItem key={phase} phase={phase} progress={progress} seconds={seconds[phase]} />)}
        </ol>
        <Button size="sm" onClick={onStop}>{stopLabel} <Kbd>Esc</Kbd></Button>
      </div>
      <Meter share={progressShare(progress)} label={NAMES[progress.phase]} className="mt-2 h-1.5" />
    </div>
  )
}

function PhaseItem({ phase, progress, seconds }: { phase: Phase; progress: LabelProgress; seconds: number | undefined }) {
  const current = progress.phase === phase
  const over = PHASES.indexOf(phase) < PHASES.indexOf(progress.phase)
  return (
    <li className={cn('flex items-center gap-1.5', current ? 'font-medium' : 'text-dim')} {...(current ? { 'aria-current': 'step' as const } : {})}>
      {over ? <Check aria-hidden className="size-3.5 text-good" /> : null}
      {NAMES[phase]}
      {over && seconds !== undefined ? <span className="text-12 text-dim">{formatDuration(seconds)}</span> : null}
      {current ? <span className="text-12 font-normal text-dim">{amount(progress)}</span> : null}
    </li>
  )
}

function amount({ phase, done, total }: LabelProgress): string {
  if (!total) return '…'
  return phase === 'reading' ? `${formatBytes(done)} of ${formatBytes(total)}` : `${formatCount(done)} of ${formatCount(total)} windows`
}
