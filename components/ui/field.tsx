import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

export const INPUT = 'h-8 w-full rounded-md border border-line bg-bg px-2.5 text-13 hover:border-strong disabled:opacity-60'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(INPUT, className)} {...rest} />
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={cn(INPUT, 'w-auto pr-1', className)} {...rest} />
}

/** A labelled control with its hint below. */
export function Field({ label, hint, children, className }: { label: ReactNode; hint?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <label className={cn('block', className)}>
      <span className="mb-1 block font-medium">{label}</span>
      {children}
      {hint ? <span className="mt-1 block text-12 text-dim">{hint}</span> : null}
    </label>
  )
}
