import { CircleAlert, CircleCheck, CircleDashed, CircleX, Clock, LoaderCircle } from 'lucide-react'
import type { CellState } from '@/lib/notebook/editor-state'
import { cn } from '@/components/ui/cn'

const LOOKS = {
  idle: { icon: CircleDashed, color: 'text-dim', text: 'not run' },
  queued: { icon: Clock, color: 'text-dim', text: 'waits' },
  running: { icon: LoaderCircle, color: 'text-accent', text: 'running' },
  done: { icon: CircleCheck, color: 'text-good', text: 'up to date' },
  failed: { icon: CircleX, color: 'text-bad', text: 'failed' },
  stale: { icon: CircleAlert, color: 'text-warn', text: 'stale' },
} as const

/** A cell's state by sign and word. */
export function CellMark({ state }: { state: CellState }) {
  const { icon: Icon, color, text } = LOOKS[state]
  return <span className="inline-flex items-center gap-1 whitespace-nowrap"><Icon aria-hidden className={cn('size-3.5 shrink-0', color, state === 'running' && 'turning')} />{text}</span>
}
