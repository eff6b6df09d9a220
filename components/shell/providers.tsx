'use client'
import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { Toasts } from '@/components/ui/toasts'

export function Providers({ children }: { children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={400}>
      {children}
      <Toasts />
    </Tooltip.Provider>
  )
}
