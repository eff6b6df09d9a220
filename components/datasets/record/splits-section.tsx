'use client'
import { Plus, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { splitText } from '@/lib/labelling/dataset/splits/spec'
import { formatCount, formatShare } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { showFailure } from '@/components/ui/toast'
import { useUndo } from '@/components/ui/use-undo'
import { SplitDialog } from './split-dialog'
import type { SplitView } from './types'

const HEAD: readonly (readonly [string, string])[] = [
  ['Split', ''], ['How', ''], ['Train', 'Requests to learn from'], ['Validation', 'Requests to stop by'], ['Test', 'Requests to score on'], ['Left out', 'Requests of no part, such as the gap'],
  ['Contexts torn', 'Contexts of two or more requests that stand in several parts'], ['Near training', 'Test requests within 59 lines of a training request: a window of 60 holds both'],
  ['Known objects', 'Test requests about an object that training requests are about as well'], ['Unseen classes', 'Labelled test requests whose label nothing in training bears'], ['', ''],
]

/** The splits of a data set's versions, each with what it gives away. */
export function SplitsSection({ dataset, newest, splits, mayChange }: { dataset: string; newest: number | null; splits: readonly SplitView[]; mayChange: boolean }) {
  const router = useRouter()
  const undoable = useUndo()
  const [adding, setAdding] = useState(false)
  const remove = async ({ id, name, version, spec }: SplitView): Promise<void> => {
    try {
      await callApi(`/api/datasets/${dataset}/splits?${new URLSearchParams({ split: id })}`, { method: 'DELETE' })
      // The same spec deals the same requests to the same parts, so that making it anew brings it back.
      undoable(`The split ${name} is removed.`, async () => {
        await callApi(`/api/datasets/${dataset}/splits`, { method: 'POST', body: { name, version, spec } })
        router.refresh()
      })
      router.refresh()
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <Section title="Splits" aside={mayChange && newest !== null ? <Button size="sm" onClick={() => setAdding(true)}><Plus aria-hidden />New split…</Button> : null}>
      {splits.length === 0 ? <Empty title="No split yet">{newest === null ? 'A split belongs to a version: freeze one first.' : 'A split deals the requests of a version to training, validation and test, and is kept with it, so that results can be compared.'}</Empty> : (
        <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Splits">
          <table className="w-full min-w-220">
            <thead className="bg-panel text-left text-12 text-dim"><tr>{HEAD.map(([head, about]) => <th key={head} scope="col" title={about || undefined} className="px-3 py-2 font-medium">{head}</th>)}</tr></thead>
            <tbody>{splits.map((split) => <SplitRow key={split.id} split={split} onRemove={mayChange ? () => void remove(split) : null} />)}</tbody>
          </table>
        </div>
      )}
      {newest === null ? null : <SplitDialog open={adding} onOpenChange={setAdding} dataset={dataset} version={newest} taken={splits.filter(({ version }) => version === newest).map(({ name }) => name)} />}
    </Section>
  )
}

function SplitRow({ split, onRemove }: { split: SplitView; onRemove: (() => void) | null }) {
  const { counts, leakage } = split
  return (
    <tr className="border-t border-line hover:bg-hover">
      <th scope="row" className="px-3 py-2 text-left font-medium whitespace-nowrap">{split.name} <span className="font-normal text-dim">of version {split.version}</span></th>
      <td className="px-3 py-2">{splitText(split.spec)}</td>
      {(['train', 'validation', 'test'] as const).map((part) => <td key={part} className="px-3 py-2" title={`${formatCount(counts.parts[part].labelled)} labelled, ${formatCount(counts.parts[part].classes)} classes`}>{formatCount(counts.parts[part].requests)}</td>)}
      <td className="px-3 py-2">{formatCount(counts.leftOut)}</td>
      <td className="px-3 py-2 whitespace-nowrap">{formatCount(leakage.tornContexts)} <span className="text-dim">of {formatCount(leakage.contexts)}</span></td>
      {[leakage.nearTraining, leakage.knownObjects, leakage.unseenClasses].map((share, i) => <td key={i} className="px-3 py-2">{formatShare(share)}</td>)}
      <td className="px-3 py-2 text-right">{onRemove ? <Button size="icon" tone="quiet" aria-label={`Remove the split ${split.name}`} title="Remove; can be undone" onClick={onRemove}><Trash2 /></Button> : null}</td>
    </tr>
  )
}
