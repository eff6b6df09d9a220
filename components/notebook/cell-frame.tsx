'use client'
import { ChevronDown, ChevronUp, EllipsisVertical, Pencil, Play, Trash2 } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { isRunnable, type Cell } from '@/lib/notebook/cell'
import type { CellState, EditorAction } from '@/lib/notebook/editor-state'
import type { CellResult } from '@/lib/notebook/result'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Menu, MenuHeading, MenuItem, MenuLine } from '@/components/ui/menu'
import { Tip } from '@/components/ui/tip'
import { useKey } from '@/components/keys/use-key'
import { CellBody } from './cell-body'
import { KIND_LOOKS, kindLook } from './cell-kinds'
import { CellMark } from './cell-mark'
import type { NotebookChoices } from './notebook-choices'

export interface CellFrameProps {
  readonly cell: Cell
  readonly index: number
  readonly cells: readonly Cell[]
  readonly choices: NotebookChoices
  readonly state: CellState
  readonly stale: readonly string[] | undefined
  readonly result: CellResult | undefined
  readonly selected: boolean
  readonly editing: boolean
  readonly dispatch: (action: EditorAction) => void
  readonly onRun: (id: string) => void
  readonly onRemove: (id: string) => void
  readonly onLaunch: (cell: Extract<Cell, { kind: 'experiment' }>) => Promise<void>
}

/** One cell: what it is and how it stands, its content, and what can be done with it. */
export const CellFrame = memo(function CellFrame(props: CellFrameProps) {
  const { cell, state, stale, selected, editing, dispatch } = props
  const frame = useRef<HTMLElement>(null)
  const [focused, setFocused] = useState(false)
  const look = kindLook(cell.kind)
  const runnable = isRunnable(cell)
  useEffect(() => {
    const element = frame.current
    if (!selected || editing || !element || element.contains(document.activeElement)) return
    // A field of another part of the page keeps the focus.
    if (document.activeElement?.closest('input, select, textarea, [role=dialog], [role=menu]')) return
    element.focus({ preventScroll: true })
    element.scrollIntoView({ block: 'nearest' })
  }, [selected, editing])
  useKey('Enter', 'Edit the cell', 'Notebook', () => dispatch({ type: 'edit', id: cell.id }), { enabled: focused && !editing })
  return (
    // The frame takes the focus, so that keys reach its cell; all that it does has a button too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      ref={frame}
      tabIndex={selected ? 0 : -1}
      aria-label={`${look.label} ${cell.id}${runnable ? `, ${state}` : ''}`}
      aria-current={selected ? 'true' : undefined}
      data-cell={cell.id}
      onFocus={(event) => {
        setFocused(event.target === event.currentTarget)
        if (!selected) dispatch({ type: 'select', id: cell.id })
      }}
      onBlur={() => setFocused(false)}
      onDoubleClick={(event) => {
        if (!editing && cell.kind === 'markdown' && !(event.target as Element).closest('a, button')) dispatch({ type: 'edit', id: cell.id })
      }}
      className={cn('group relative scroll-mt-20 rounded-sm border-l-2 py-1.5 pl-4 outline-none', selected ? 'border-accent' : 'border-transparent hover:border-line')}
    >
      <div className={cn('mb-1 flex min-h-7 items-center gap-3 text-12 text-dim', !runnable && 'absolute -top-3 right-0 z-10 mb-0', !runnable && !selected && 'invisible group-hover:visible')}>
        {runnable ? (
          <>
            <span className="inline-flex items-center gap-1.5 font-medium"><look.icon aria-hidden className="size-3.5" />{look.label}</span>
            <code className="font-mono">{cell.id}</code>
            <CellMark state={state} />
            {stale ? <span className="min-w-0 truncate text-warn" title={stale.join('; ')}>{stale.join('; ')}</span> : null}
            <span className="flex-1" />
          </>
        ) : null}
        <CellTools {...props} runnable={runnable} />
      </div>
      <CellBody {...props} />
    </article>
  )
})

function CellTools({ cell, index, cells, choices, selected, editing, dispatch, onRun, onRemove, runnable }: CellFrameProps & { runnable: boolean }) {
  const insert = (at: number) => dispatch({ type: 'insert', kind: 'markdown', at, dataset: choices.dataset })
  return (
    <div className={cn('flex shrink-0 items-center rounded-md bg-bg', !runnable && 'border border-line', runnable && !selected && 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100')}>
      {runnable ? <Tip label="Run the cell" keys="Shift ↵"><Button tone="quiet" size="icon" className="size-7" aria-label={`Run ${cell.id}`} onClick={() => onRun(cell.id)}><Play /></Button></Tip> : null}
      {editing ? <Button tone="quiet" size="sm" onClick={() => dispatch({ type: 'leave' })}>Done</Button> : <Tip label="Edit the cell" keys="↵"><Button tone="quiet" size="icon" className="size-7" aria-label={`Edit ${cell.id}`} onClick={() => dispatch({ type: 'edit', id: cell.id })}><Pencil /></Button></Tip>}
      <Tip label="Delete the cell" keys="d d"><Button tone="quiet" size="icon" className="size-7" aria-label={`Delete ${cell.id}`} onClick={() => onRemove(cell.id)}><Trash2 /></Button></Tip>
      <Menu trigger={<Button tone="quiet" size="icon" className="size-7" aria-label={`More for ${cell.id}`}><EllipsisVertical /></Button>}>
        <MenuItem onSelect={() => dispatch({ type: 'move', id: cell.id, by: -1 })} disabled={index === 0} keys="Alt ↑"><ChevronUp aria-hidden />Move up</MenuItem>
        <MenuItem onSelect={() => dispatch({ type: 'move', id: cell.id, by: 1 })} disabled={index === cells.length - 1} keys="Alt ↓"><ChevronDown aria-hidden />Move down</MenuItem>
        <MenuLine />
        <MenuItem onSelect={() => insert(index)} keys="a">Insert above</MenuItem>
        <MenuItem onSelect={() => insert(index + 1)} keys="b">Insert below</MenuItem>
        <MenuLine />
        <MenuHeading>Change to</MenuHeading>
        {KIND_LOOKS.map((look) => <MenuItem key={look.kind} disabled={look.kind === cell.kind} keys={look.key} onSelect={() => dispatch({ type: 'convert', id: cell.id, kind: look.kind, dataset: choices.dataset })}><look.icon aria-hidden />{look.label}</MenuItem>)}
      </Menu>
    </div>
  )
}
