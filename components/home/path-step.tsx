import { ArrowRight, Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export interface Step {
  readonly title: string
  readonly href: string
  readonly action: string
  /** What is there now, or what to do. */
  readonly state: ReactNode
  readonly done: boolean
}

/** One station of the path; the first that is not done is the next to take. */
export function PathStep({ step, number, next }: { step: Step; number: number; next: boolean }) {
  return (
    <li className={cn('flex flex-col rounded-md border p-4', next ? 'border-accent bg-accent-bg' : 'border-line')}>
      <p className="flex items-center gap-2 text-14 font-semibold">
        <span className={cn('grid size-6 place-items-center rounded-full border text-12', step.done ? 'border-good text-good' : next ? 'border-accent text-accent' : 'border-strong text-dim')}>{step.done ? <Check aria-hidden className="size-3.5" /> : number}</span>
        {step.title}{step.done ? <span className="sr-only">, done</span> : null}
      </p>
      <div className="mt-2 flex-1 text-dim">{step.state}</div>
      <Link href={step.href} className="link mt-3 inline-flex items-center gap-1 font-medium">{step.action}<ArrowRight aria-hidden className="size-3.5" /></Link>
    </li>
  )
}
