import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'

const TONES = {
  info: { icon: Info, look: 'border-line bg-panel', mark: 'text-accent' },
  good: { icon: CircleCheck, look: 'border-line bg-panel', mark: 'text-good' },
  warn: { icon: TriangleAlert, look: 'border-line bg-warn-bg', mark: 'text-warn' },
  bad: { icon: CircleAlert, look: 'border-line bg-bad-bg', mark: 'text-bad' },
} as const

/** Says what happened and what to do. Bad news is announced to screen readers at once. */
export function Notice({ tone = 'info', children, action, className }: { tone?: keyof typeof TONES; children: ReactNode; action?: ReactNode; className?: string }) {
  const { icon: Icon, look, mark } = TONES[tone]
  return (
    <div role={tone === 'bad' ? 'alert' : 'status'} className={cn('flex items-start gap-2.5 rounded-md border px-3 py-2.5', look, className)}>
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1 break-words">{children}</div>
      {action}
    </div>
  )
}

/** Stands where content will be: what is missing, and the way to it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="rounded-md border border-dashed border-line px-6 py-10 text-center">
      <p className="text-14 font-medium">{title}</p>
      {children ? <div className="mx-auto mt-1 max-w-[60ch] text-dim">{children}</div> : null}
      {action ? <div className="mt-4 flex justify-center gap-2">{action}</div> : null}
    </div>
  )
}
