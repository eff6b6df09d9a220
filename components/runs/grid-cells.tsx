'use client'
import { Pencil } from 'lucide-react'
import { numberAt, textAt, wordAt, type Column } from '@/components/columns/column'
import { Ago } from '@/components/format/ago'
import { cn } from '@/components/ui/cn'
import { Meter } from '@/components/ui/meter'
import { CellEditor } from './cell-editor'
import { figureDelta } from './delta'
import { isFigure } from './grid-layout'
import { progressText } from './progress-text'
import { progressShare, type RunState } from './run-line'
import { RunStateMark } from './run-state'
import type { RunTable } from './use-run-table'

export type Editable = 'tags' | 'note'
/** Columns of instants, shown as how long ago they were. */
export const TIMES: ReadonlySet<string> = new Set(['created', 'started', 'finished'])

interface CellProps {
  runs: RunTable
  column: Column
  row: number
  id: string
  /** Row of the run that figures are compared with; -1 without one. */
  baseline: number
  editing: Editable | null
  onOpen: (id: string) => void
  onEdit: (id: string, what: Editable | null) => void
  onSave: (id: string, what: Editable, text: string) => void
}

/** One value of one run. */
export function GridCell({ runs, column, row, id, baseline, editing, onOpen, onEdit, onSave }: CellProps) {
  const { columns } = runs.table
  switch (column.key) {
    case 'number': return <RunLink id={id} text={textAt(column, row)} onOpen={onOpen} />
    case 'name': return <span title={wordAt(column, row) ?? ''}>{wordAt(column, row)}{wordAt(columns.get('pinned'), row) ? <span className="ml-1.5 text-12 text-accent">baseline</span> : null}</span>
    case 'state': return <StateCell runs={runs} id={id} state={wordAt(column, row) as RunState} early={wordAt(columns.get('early'), row)} />
    case 'tags':
    case 'note': {
      const [what, text, number] = [column.key, wordAt(column, row), numberAt(columns.get('number'), row)] as const
      if (editing === what) return <CellEditor label={`${what === 'tags' ? 'Tags' : 'Note'} of run ${number}`} text={text ?? ''} onSave={(value) => onSave(id, what, value)} onCancel={() => onEdit(id, null)} />
      return <EditCell what={what} text={text} number={number} onEdit={() => onEdit(id, what)} />
    }
  }
  if (column.kind === 'word') return <span title={wordAt(column, row) ?? ''}>{textAt(column, row)}</span>
  const value = numberAt(column, row)
  if (value === null) return '–'
  if (TIMES.has(column.key)) return <Ago at={value} />
  return <>{column.format(value)}{baseline >= 0 && isFigure(column) ? <Delta column={column} value={value} baseline={row === baseline ? null : numberAt(column, baseline)} /> : null}</>
}

/** A plain link: the router's own would prefetch and watch each of the rows that fly by. */
function RunLink({ id, text, onOpen }: { id: string; text: string; onOpen: (id: string) => void }) {
  return (
    <a
      href={`/runs/${id}`}
      className="link"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        onOpen(id)
      }}
    >
      {text}
    </a>
  )
}

function StateCell({ runs, id, state, early }: { runs: RunTable; id: string; state: RunState; early: string | null }) {
  const progress = state === 'running' ? (runs.progress.get(id) ?? null) : null
  return (
    <span className="flex items-center gap-2" title={runs.errors.get(id) ?? (progress ? progressText(progress) : (early ?? undefined))}>
      <RunStateMark state={state} stopping={runs.stopping.has(id)} />
      {early && state === 'done' ? <span className="text-12 text-dim">early</span> : null}
      {state === 'running' ? <Meter share={progressShare(progress)} label="Progress" className="w-14" /> : null}
    </span>
  )
}

function EditCell({ what, text, number, onEdit }: { what: Editable; text: string | null; number: number | null; onEdit: () => void }) {
  return (
    <button type="button" className="group/edit flex w-full items-center gap-1 truncate text-left" title={text ?? undefined} aria-label={`${what === 'tags' ? 'Tags' : 'Note'} of run ${number}: ${text ?? 'none'}. Edit`} onClick={onEdit}>
      <span className={cn('truncate', text === null && 'text-dim')}>{text ?? '–'}</span>
      <Pencil aria-hidden className="size-3 shrink-0 text-dim opacity-0 group-hover/edit:opacity-100 group-focus-visible/edit:opacity-100" />
    </button>
  )
}

/** Difference to the baseline: signed, and for the better or the worse where the measure knows. */
export function Delta({ column, value, baseline }: { column: Column; value: number; baseline: number | null }) {
  const delta = figureDelta(column, value, baseline)
  return (
    <span className={cn('ml-1.5 inline-block min-w-18 text-12', delta?.good === true ? 'text-good' : delta?.good === false ? 'text-bad' : 'text-dim')} title={delta?.good === true ? 'better than the baseline' : delta?.good === false ? 'worse than the baseline' : undefined}>
      {delta?.text}
    </span>
  )
}
