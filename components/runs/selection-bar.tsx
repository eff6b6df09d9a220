'use client'
import { GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import { plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { Button, ButtonLink } from '@/components/ui/button'
import { ConfirmByName } from '@/components/ui/confirm'
import { Tip } from '@/components/ui/tip'
import { useRouter } from 'next/navigation'
import { ACTION_TEXT, allowedActions, runAction, type RunAction } from './run-actions'
import { numberAt, wordAt } from '@/components/columns/column'
import type { RunState } from './run-line'
import type { RunTable } from './use-run-table'

const ACTIONS: readonly RunAction[] = ['stop', 'resume', 'retry', 'clone']

export interface ChosenRun {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly state: RunState
  readonly stopping: boolean
}

/** The selected runs, in the table's order. */
export function chosenRuns({ table, stopping }: RunTable, selected: ReadonlySet<string>): ChosenRun[] {
  if (selected.size === 0) return []
  const [number, name, state] = ['number', 'name', 'state'].map((key) => table.columns.get(key))
  return table.ids.flatMap((id, row) => (selected.has(id) ? [{ id, number: numberAt(number, row) ?? 0, name: wordAt(name, row) ?? '', state: (wordAt(state, row) ?? 'done') as RunState, stopping: stopping.has(id) }] : []))
}

/** What can be done with the selected runs; it keeps its place, so that selecting moves nothing. */
export function SelectionBar({ chosen, onClear }: { chosen: readonly ChosenRun[]; onClear: () => void }) {
  const router = useRouter()
  const [deleting, setDeleting] = useState(false)
  const compare = `/compare?runs=${chosen.map((run) => run.id).join(',')}`
  useKey('v', 'Compare the selected runs', 'Tables', () => router.push(compare), { enabled: chosen.length > 1 })
  useKey('.', 'Actions on the selection', 'Tables', () => document.querySelector<HTMLElement>('#selection-bar button:enabled')?.focus(), { enabled: chosen.length > 0 })
  if (chosen.length === 0) return null
  const able = (action: RunAction): boolean => chosen.some((run) => allowedActions(run).includes(action))
  return (
    <div id="selection-bar" role="toolbar" aria-label="Selected runs" className="fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-2 rounded-md border border-line bg-raised px-3 py-2 shadow-lg">
      <span className="mr-1 font-medium whitespace-nowrap">{plural(chosen.length, 'run')} selected</span>
      <Tip label="Curves, parameters and classes side by side" keys="v"><ButtonLink href={compare} tone="primary"><GitCompareArrows aria-hidden />Compare</ButtonLink></Tip>
      {chosen.length === 2 ? <Tip label="The lines that one has right and the other wrong"><ButtonLink href={`/compare/lines?a=${chosen[0]?.id}&b=${chosen[1]?.id}`}>Line by line</ButtonLink></Tip> : null}
      {ACTIONS.map((action) => (
        <Tip key={action} label={ACTION_TEXT[action].hint}><Button disabled={!able(action)} onClick={() => void runAction(chosen, action)}>{ACTION_TEXT[action].label}</Button></Tip>
      ))}
      <Button tone="danger" disabled={!able('delete')} onClick={() => setDeleting(true)}>Delete…</Button>
      <Tip label="Clear the selection" keys="Esc"><Button tone="quiet" onClick={onClear}>Clear</Button></Tip>
      <ConfirmByName
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${plural(chosen.filter((run) => allowedActions(run).includes('delete')).length, 'run')}?`}
        name={chosen.length === 1 ? (chosen[0]?.name ?? '') : String(chosen.length)}
        consequence="Their epochs, figures and checkpoints go with them. This cannot be undone."
        onConfirm={async () => {
          await runAction(chosen, 'delete')
          onClear()
        }}
      />
    </div>
  )
}
