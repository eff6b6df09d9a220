'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { keepFocus } from './keep-focus'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  className?: string
}

export function Dialog({ open, onOpenChange, title, description, children, className }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          onCloseAutoFocus={keepFocus}
          className={cn('fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 flex-col rounded-md border border-line bg-raised shadow-xl', className)}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="border-b border-line py-3 pr-12 pl-4">
            <Radix.Title className="text-16">{title}</Radix.Title>
            {description ? <Radix.Description className="mt-1 text-dim">{description}</Radix.Description> : null}
          </div>
          <div className="overflow-y-auto p-4">{children}</div>
          {/* Last, so that the first field takes the focus. */}
          <Radix.Close asChild>
            <Button tone="quiet" size="icon" className="absolute top-2 right-2" aria-label="Close"><X /></Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
