'use client'
import { memo } from 'react'
import { numberAt, textAt, wordAt, type Column, type ColumnTable } from '@/components/columns/column'
import { verbColor } from '@/components/charts/palette'
import { formatInstant } from '@/components/format/instant'
import { ROW_HEIGHT, rowLook } from '@/components/runs/grid-row'
import { sentenceOf } from './sentence'

export interface RowActions {
  readonly activate: (index: number) => void
  readonly toggle: (id: string) => void
  readonly open: (index: number) => void
  readonly expand: (key: string) => void
}

interface Props {
  readonly table: ColumnTable
  readonly columns: readonly Column[]
  readonly row: number
  /** Place in the list, from 0. */
  readonly index: number
  readonly template: string
  readonly selected: boolean
  readonly active: boolean
  readonly href: string
  readonly on: RowActions
}

function PlainRow({ table, columns, row, index, template, selected, active, href, on }: Props) {
  const id = table.ids[row] ?? ''
  const sentence = sentenceOf(table, row)
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={selected} data-context={id} className={rowLook(selected, active)} style={{ gridTemplateColumns: template, height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT}px)` }} onMouseDown={() => on.activate(index)}>
      <div role="cell" className="px-2"><input type="checkbox" aria-label={`Select ${sentence}`} className="block size-3.5" checked={selected} onChange={() => on.toggle(id)} /></div>
      {columns.map((column) => (
        <div key={column.key} role="cell" className={column.kind === 'number' ? 'truncate px-2 text-right' : 'truncate px-2'}>
          {column.key === 'sentence' ? <SentenceLink href={href} sentence={sentence} onOpen={() => on.open(index)} /> : <Cell column={column} row={row} />}
        </div>
      ))}
    </div>
  )
}

/** A plain link: the router's own would prefetch and watch each of the rows that fly by. */
function SentenceLink({ href, sentence, onOpen }: { href: string; sentence: string; onOpen: () => void }) {
  return (
    <a
      href={href}
      title={sentence}
      className="link"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        onOpen()
      }}
    >
      <bdi>{sentence}</bdi>
    </a>
  )
}

function Cell({ column, row }: { column: Column; row: number }) {
  const text = textAt(column, row)
  if (column.key === 'time') {
    const at = numberAt(column, row)
    return <span title={at === null ? undefined : formatInstant(at)}>{text}</span>
  }
  if (column.key === 'verb') {
    const verb = wordAt(column, row)
    return <span className="inline-flex items-center gap-1.5"><span aria-hidden className="size-2 shrink-0 rounded-full border border-strong" style={{ background: verbColor(verb) }} />{text}</span>
  }
  return column.kind === 'word' ? <bdi title={text}>{text}</bdi> : text
}

/** One context; its place on the page is reused for others, so that scrolling writes texts and builds nothing. */
export const ContextsRow = memo(PlainRow)
