'use client'
import { useMemo, type KeyboardEvent } from 'react'
import type { Cell } from '@/lib/notebook/cell'
import { infoOf } from '@/lib/notebook/fence'
import { markdownMarkup } from '@/lib/notebook/markdown/blocks'
import type { CellResult } from '@/lib/notebook/result'
import { QueryEditor } from '@/components/query-editor'
import type { CellFrameProps } from './cell-frame'
import { CellOptions } from './cell-options'
import { CellOutput } from './cell-output'
import { LaunchOffer } from './launch-offer'
import { MarkupView } from './markup-view'

/** A cell's content: for reading, or as a form while it is edited. */
export function CellBody(props: CellFrameProps) {
  const { cell, editing, result, choices, onRun, onLaunch } = props
  if (cell.kind === 'markdown') return editing ? <CellEditor {...props} /> : <TextView text={cell.text} />
  return (
    <>
      {editing ? <CellEditor {...props} /> : <Asked cell={cell} />}
      {cell.kind === 'experiment' && (editing || !isLaunched(result)) ? <LaunchOffer key={`${cell.experiment} ${cell.dataset ?? ''} ${cell.scale}`} cell={cell} choices={choices} onLaunch={onLaunch} /> : null}
      {result ? <CellOutput cell={cell} result={result} onChanged={() => onRun(cell.id)} /> : null}
    </>
  )
}

function isLaunched(result: CellResult | undefined): boolean {
  return result?.output?.kind === 'launch' && result.output.id !== null
}

function TextView({ text }: { text: string }) {
  const markup = useMemo(() => markdownMarkup(text), [text])
  return text.trim() === '' ? <p className="py-1 text-dim italic">Empty text. Press Enter to write.</p> : <MarkupView markup={markup} prose />
}

/** What a cell asks for, said in one line or two. */
function Asked({ cell }: { cell: Exclude<Cell, { kind: 'markdown' }> }) {
  const caption = useMemo(() => (cell.kind === 'query' || cell.kind === 'chart' ? [] : markdownMarkup(cell.text)), [cell])
  if (cell.kind === 'query') return <pre className="mb-2 overflow-x-auto rounded-md border border-line bg-panel px-3 py-1.5 font-mono text-12 whitespace-pre-wrap" tabIndex={0}>{cell.text || <span className="text-dim">No query yet. Press Enter to write one.</span>}</pre>
  return (
    <>
      <p className="mb-1 font-mono text-12 break-words text-dim">{infoOf(cell, 'named')}</p>
      {caption.length > 0 ? <MarkupView markup={caption} prose className="mb-2" /> : null}
    </>
  )
}

const QUERY_HINT = 'verb == "delete" and not startsWith(username, "system:")'

function CellEditor({ cell, cells, choices, dispatch, onRun }: CellFrameProps) {
  const change = (changed: Cell): void => dispatch({ type: 'change', cell: changed })
  const keys = (event: KeyboardEvent<HTMLDivElement>): void => {
    const runs = event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey)
    const leaves = event.key === 'Escape' && !event.currentTarget.querySelector('.suggest-widget.visible') && !document.querySelector('.overflowingContentWidgets .suggest-widget.visible')
    if (!runs && !leaves) return
    event.preventDefault()
    event.stopPropagation()
    if (runs) onRun(cell.id)
    dispatch({ type: 'leave' })
  }
  return (
    <div onKeyDownCapture={keys} className="mb-2">
      <CellOptions cell={cell} cells={cells} choices={choices} onChange={change} />
      {cell.kind === 'query' ? <QueryEditor value={cell.text} ariaLabel={`Query of ${cell.id}`} placeholder={QUERY_HINT} onChange={(text) => change({ ...cell, text })} /> : <TextField cell={cell} onChange={change} />}
      <p className="mt-1 text-12 text-dim">{cell.kind === 'markdown' ? 'Markdown; $x^2$ and $$…$$ are mathematics. Shift Enter or Esc ends.' : 'Shift Enter runs, Esc ends.'}</p>
    </div>
  )
}

function TextField({ cell, onChange }: { cell: Cell; onChange: (cell: Cell) => void }) {
  const caption = cell.kind !== 'markdown'
  return (
    <textarea
      ref={(element) => {
        if (element && !element.dataset.ready) {
          element.dataset.ready = '1'
          if (!caption) element.focus()
        }
      }}
      aria-label={caption ? `Caption of ${cell.id}` : `Text of ${cell.id}`}
      placeholder={caption ? (cell.kind === 'chart' ? 'Title of the chart' : 'Caption, in Markdown') : '## A heading, then what you found'}
      value={cell.text}
      rows={caption ? 2 : 4}
      onChange={(event) => onChange({ ...cell, text: event.target.value })}
      className="field-sizing-content w-full rounded-md border border-line bg-bg px-3 py-2 font-mono text-13 hover:border-strong"
    />
  )
}
