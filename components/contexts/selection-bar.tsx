'use client'
import { Check, Combine } from 'lucide-react'
import { plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Tip } from '@/components/ui/tip'

interface Props {
  count: number
  onMerge: () => void
  onConfirm: () => void
  onClear: () => void
}

/** What can be done with the selected contexts; it keeps its place, so that selecting moves nothing. */
export function ContextsSelectionBar({ count, onMerge, onConfirm, onClear }: Props) {
  useKey('m', 'Merge the selected contexts', 'Contexts', onMerge, { enabled: count > 1 })
  useKey('y', 'Confirm the selected contexts', 'Contexts', onConfirm, { enabled: count > 0 })
  useKey('.', 'Actions on the selection', 'Tables', () => document.querySelector<HTMLElement>('#selection-bar button:enabled')?.focus(), { enabled: count > 0 })
  useKey('Escape', 'Clear the selection', 'Tables', onClear, { enabled: count > 0 })
  if (count === 0) return null
  return (
    <div id="selection-bar" role="toolbar" aria-label="Selected contexts" className="fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-2 rounded-md border border-line bg-raised px-3 py-2 shadow-lg">
      <span className="mr-1 font-medium whitespace-nowrap">{plural(count, 'context')} selected</span>
      <Tip label="Make them one: the earliest keeps its trigger" keys="m"><Button tone="primary" disabled={count < 2} onClick={onMerge}><Combine aria-hidden />Merge</Button></Tip>
      <Tip label="Say that they are right as they are" keys="y"><Button onClick={onConfirm}><Check aria-hidden />Confirm</Button></Tip>
      <Tip label="Clear the selection" keys="Esc"><Button tone="quiet" onClick={onClear}>Clear</Button></Tip>
    </div>
  )
}
