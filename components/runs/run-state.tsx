import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import type { RunState } from './run-line'

const LOOKS = {
  queued: { icon: CircleDashed, color: 'text-dim', text: 'queued' },
  running: { icon: LoaderCircle, color: 'text-accent', text: 'running' },
  done: { icon: CircleCheck, color: 'text-good', text: 'done' },
  failed: { icon: CircleX, color: 'text-bad', text: 'failed' },
  stopped: { icon: Ban, color: 'text-warn', text: 'stopped' },
} as const

/** A state by sign and word, never by colour alone. */
export function RunStateMark({ state, stopping = false, className }: { state: RunState; stopping?: boolean; className?: string }) {
  const { icon: Icon, color, text } = LOOKS[state]
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <Icon aria-hidden className={cn('size-3.5 shrink-0', color, state === 'running' && 'turning')} />
      {stopping ? 'stopping' : text}
    </span>
  )
}
