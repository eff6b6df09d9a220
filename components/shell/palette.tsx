'use client'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { keyText } from '@/components/keys/key-registry'
import { useIsMac, useKey } from '@/components/keys/use-key'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/components/ui/cn'
import { fixedEntries, matchEntries, type PaletteEntry } from './palette-entries'
import { keepFocus } from '@/components/ui/keep-focus'

/** Go anywhere, run anything, find a dataset, an experiment, a run or a model. */
export function Palette() {
  const [open, setOpen] = useState(false)
  const mac = useIsMac()
  useKey('mod+k', 'Find or run anything', 'Everywhere', () => setOpen((now) => !now), { always: true })
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="flex h-8 items-center gap-2 rounded-md border border-line px-2.5 whitespace-nowrap text-dim hover:bg-hover hover:text-ink" aria-keyshortcuts="Control+K Meta+K">
        <Search aria-hidden className="size-4 lg:hidden" />
        <span className="max-lg:sr-only">Search or run</span>
        <Kbd className="max-sm:hidden">{keyText('mod+k', mac)}</Kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content onCloseAutoFocus={keepFocus} aria-describedby={undefined} className="fixed top-[12vh] left-1/2 z-50 w-[min(38rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-md border border-line bg-raised shadow-xl">
          <Dialog.Title className="sr-only">Find or run anything</Dialog.Title>
          <PaletteBody onDone={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteBody({ onDone }: { onDone: () => void }) {
  const router = useRouter()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = useFound(text)
  const entries = [...matchEntries(fixedEntries(), text), ...found]
  const at = Math.min(chosen, Math.max(0, entries.length - 1))
  const go = (entry: PaletteEntry | undefined): void => {
    if (!entry) return
    onDone()
    router.push(entry.href)
  }
  const keys = (event: React.KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((at + step + entries.length) % Math.max(1, entries.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      go(entries[at])
    }
  }
  return (
    <>
      <input
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[at] ? `palette-${at}` : undefined}
        aria-label="Find or run anything"
        value={text}
        onChange={(event) => { setText(event.target.value); setChosen(0) }}
        onKeyDown={keys}
        placeholder="A room, an action, a dataset, an experiment, a run, a model"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-14 outline-none"
      />
      <div id="palette-list" role="listbox" aria-label="Results" className="max-h-[50vh] overflow-y-auto p-1.5">
        {entries.map((entry, index) => (
          <div
            key={`${entry.kind}${entry.href}`}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            ref={index === at ? scrollTo : undefined}
            onMouseMove={() => setChosen(index)}
            onClick={() => go(entry)}
            onKeyDown={keys}
            className={cn('flex h-8 cursor-pointer items-center gap-3 rounded-sm px-2.5', index === at && 'bg-accent-bg')}
          >
            <span className="w-20 shrink-0 text-12 text-dim">{entry.kind}</span>
            <span className="flex-1 truncate">{entry.label}</span>
            {entry.keys ? <Kbd>{entry.keys}</Kbd> : null}
          </div>
        ))}
        {entries.length === 0 ? <p className="px-2.5 py-6 text-center text-dim">Nothing has “{text}” in its name.</p> : null}
      </div>
    </>
  )
}

function scrollTo(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

/** What the server knows by that name, a moment after typing ends. */
function useFound(text: string): readonly PaletteEntry[] {
  const [found, setFound] = useState<readonly PaletteEntry[]>([])
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      callApi<PaletteEntry[]>(`/api/search?q=${encodeURIComponent(text)}`, { signal: stop.signal }).then(setFound, () => undefined)
    }, 120)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])
  return found
}
