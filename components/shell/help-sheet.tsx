'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { keyText } from '@/components/keys/key-registry'
import { useBindings, useIsMac, useKey } from '@/components/keys/use-key'

/** Every key that works on this page, by what it is for. */
export function HelpSheet() {
  const [open, setOpen] = useState(false)
  useKey('?', 'This sheet', 'Everywhere', () => setOpen(true))
  const mac = useIsMac()
  const bindings = useBindings()
  const groups = [...new Set(bindings.map((binding) => binding.group))]
  return (
    <>
      <Button tone="quiet" size="icon" aria-label="Keys (?)" title="Keys (?)" onClick={() => setOpen(true)}><Kbd className="text-12">?</Kbd></Button>
      <Dialog open={open} onOpenChange={setOpen} title="Keys on this page" className="w-[min(44rem,calc(100vw-2rem))]">
        <div className="gap-8 sm:columns-2">
          {groups.map((group) => (
            <section key={group} className="mb-5 break-inside-avoid">
              <h3 className="mb-1 text-12 text-dim">{group}</h3>
              <dl>
                {[...new Map(bindings.filter((binding) => binding.group === group).map((binding) => [binding.keys, binding])).values()].map((binding) => (
                  <div key={binding.keys} className="flex items-center justify-between gap-4 border-t border-line py-1">
                    <dt>{binding.label}</dt>
                    <dd><Kbd>{keyText(binding.keys, mac)}</Kbd></dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Dialog>
    </>
  )
}
