'use client'
import { Dialog } from 'radix-ui'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { allLabels } from '@/lib/labelling/picker/all-labels'
import { findable, findLabels } from '@/lib/labelling/picker/find-labels'
import type { ActionLabel } from '@/lib/labels/action-label'
import { VerbMark } from '@/components/charts/verbs-plot'
import { LogText } from '@/components/format/log-text'
import { labelText } from '@/components/playground/describe-line'
import { cn } from '@/components/ui/cn'
import { scopeText } from '../line/label-box'
import type { LabelState } from '../state/model'
import { kindsOf } from './log-kinds'
import { keepFocus } from '@/components/ui/keep-focus'

const MOST = 60

/** What is known of the labels in use. */
export type LabelsInUse = Pick<LabelState, 'log' | 'labels' | 'suggestions'>

/** Finds any label by resource, verb or integer. */
export function LabelPicker({ state, open, onOpenChange, onPick }: { state: LabelsInUse; open: boolean; onOpenChange: (open: boolean) => void; onPick: (label: ActionLabel) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content onCloseAutoFocus={keepFocus} aria-describedby={undefined} className="fixed top-[12vh] left-1/2 z-50 w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-md border border-line bg-raised shadow-xl">
          <Dialog.Title className="sr-only">Find a label</Dialog.Title>
          <PickerBody state={state} onPick={onPick} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PickerBody({ state, onPick }: { state: LabelsInUse; onPick: (label: ActionLabel) => void }) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const { log, labels, suggestions } = state
  const all = useMemo(() => {
    const uses = new Map<number, number>()
    for (const label of labels) if (label?.label) uses.set(label.label.code, (uses.get(label.label.code) ?? 0) + 100)
    for (const label of suggestions?.columns.labels ?? []) uses.set(label.code, (uses.get(label.code) ?? 0) + 1)
    return findable(allLabels(kindsOf(log)), uses)
  }, [log, labels, suggestions])
  const found = useMemo(() => findLabels(all, text, MOST), [all, text])
  const at = Math.min(chosen, Math.max(0, found.length - 1))
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((at + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const label = found[at]
      if (label) onPick(label)
    }
  }
  return (
    <>
      <input
        role="combobox" aria-expanded aria-controls="label-list" aria-activedescendant={found[at] ? `label-${at}` : undefined} aria-label="Find a label"
        value={text} onChange={(event) => { setText(event.target.value); setChosen(0) }} onKeyDown={keys}
        placeholder="create pods, get cm, patch deploy scale, 65936" className="h-12 w-full border-b border-line bg-transparent px-4 text-14 outline-none"
      />
      <div id="label-list" role="listbox" aria-label="Labels" className="h-[50vh] overflow-y-auto p-1.5">
        {found.map((label, index) => (
          <div
            key={`${label.code} ${label.resource}`} id={`label-${index}`} role="option" tabIndex={-1} aria-selected={index === at} ref={index === at ? scrollTo : undefined}
            onMouseMove={() => setChosen(index)} onClick={() => onPick(label)} onKeyDown={keys}
            className={cn('flex h-7 cursor-pointer items-center gap-2.5 rounded-sm px-2.5', index === at && 'bg-accent-bg')}
          >
            <VerbMark verb={label.verb} />
            <span className="min-w-0 truncate font-medium"><LogText text={labelText(label)} limit={100} /></span>
            <span className="min-w-0 flex-1 truncate text-12 text-dim"><LogText text={[scopeText(label), label.group].filter(Boolean).join(' · ')} limit={120} /></span>
            <span className="font-mono text-12 text-dim">{label.code}</span>
          </div>
        ))}
        {found.length === 0 ? <p className="px-2.5 py-6 text-center text-dim">No label has all of “{text}” in it. Try a part of the resource’s name, a verb, or the integer.</p> : null}
      </div>
    </>
  )
}

function scrollTo(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
