'use client'
import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { keepFocus } from './keep-focus'
import { Kbd } from './kbd'

const ITEM = 'flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1.5 text-13 outline-none select-none data-[disabled]:cursor-default data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-dim'

export function Menu({ trigger, children, align = 'end' }: { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end' }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={keepFocus} align={align} sideOffset={4} collisionPadding={8} className="z-50 max-h-[70vh] min-w-48 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-lg">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function MenuItem({ children, keys, onSelect, disabled = false }: { children: ReactNode; keys?: string; onSelect: () => void; disabled?: boolean }) {
  return (
    <DropdownMenu.Item className={ITEM} disabled={disabled} onSelect={onSelect}>
      <span className="flex flex-1 items-center gap-2">{children}</span>
      {keys ? <Kbd>{keys}</Kbd> : null}
    </DropdownMenu.Item>
  )
}

/** Stays open while several are ticked. */
export function MenuCheck({ children, checked, onChange }: { children: ReactNode; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <DropdownMenu.CheckboxItem className={ITEM} checked={checked} onCheckedChange={onChange} onSelect={(event) => event.preventDefault()}>
      <span className="grid size-4 place-items-center rounded-sm border border-strong">
        <DropdownMenu.ItemIndicator><Check className="!size-3 !text-ink" /></DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  )
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-12 font-medium text-dim">{children}</DropdownMenu.Label>
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />
}
