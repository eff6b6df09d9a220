'use client'
import { useMemo } from 'react'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { ReviewItem } from '@/lib/labelling/agreement/answers'
import type { LabellingLog } from '@/lib/labelling/types'
import { LabelPicker } from '@/components/labelling/picker/label-picker'

/** The picker of the labelling page, over the kinds that the disagreements are about and all that Kubernetes serves. */
export function AnotherLabel({ items, open, onOpenChange, onPick }: { items: readonly ReviewItem[]; open: boolean; onOpenChange: (open: boolean) => void; onPick: (label: ActionLabel) => void }) {
  const log = useMemo(() => logOf(items), [items])
  return <LabelPicker state={{ log, labels: items.map(({ now }) => now), suggestions: null }} open={open} onOpenChange={onOpenChange} onPick={onPick} />
}

/** As much of a log as the picker reads: which kinds there are. */
function logOf(items: readonly ReviewItem[]): LabellingLog {
  const texts = new Map<string, number>()
  const column = (read: (item: ReviewItem) => string | null): number[] => items.map((item) => {
    const text = read(item)
    if (text === null || text === '') return -1
    const at = texts.get(text) ?? texts.size
    texts.set(text, at)
    return at
  })
  const columns = { group: column(({ request }) => request.group), resource: column(({ request }) => request.resource), subresource: column(({ request }) => request.subresource), namespace: column(({ request }) => request.namespace) }
  const none = items.map(() => -1)
  return {
    dataset: { id: '', name: '', version: 0 }, lines: items.length, texts: [...texts.keys()], seq: items.map(({ request }) => request.seq), request: items.map((_, i) => i), auditIDs: items.map(({ request }) => request.auditID),
    stage: none, at: none, firstMillis: 0, verb: none, user: none, name: none, code: none, ...columns,
  }
}
