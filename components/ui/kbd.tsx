import type { ReactNode } from 'react'
import { cn } from './cn'

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return <kbd className={cn('rounded-sm border border-b-2 border-line px-1 font-mono text-[11px] leading-4 text-dim', className)}>{children}</kbd>
}
