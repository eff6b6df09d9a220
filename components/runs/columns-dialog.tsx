'use client'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { varies, type Column, type ColumnTable } from '@/components/columns/column'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/field'
import { DEFAULT_COLUMNS } from './runs-state'

const FROM: Readonly<Record<string, string>> = { run: 'Run', settings: 'Settings and axes', figures: 'Figures', timings: 'Time and resources' }

/** Which columns are shown and in which order: any setting, axis, figure or timing of any run. */
export function ColumnsDialog({ open, onOpenChange, table, rows, chosen, onChange }: { open: boolean; onOpenChange: (open: boolean) => void; table: ColumnTable; rows: Int32Array; chosen: readonly string[]; onChange: (columns: readonly string[]) => void }) {
  const [q, setQ] = useState('')
  const all = useMemo(() => [...table.columns.values()].filter((column) => column.key !== 'pinned'), [table])
  const wanted = q.toLowerCase()
  const found = all.filter((column) => `${column.title} ${column.key} ${column.short}`.toLowerCase().includes(wanted))
  const move = (index: number, by: -1 | 1): void => onChange(moved(chosen, index, by))
  const addVarying = (): void => onChange([...new Set([...chosen, ...all.filter((column) => column.from === 'settings' && varies(column, rows)).map((column) => column.key)])])
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Columns" description="What the table shows, from left to right." className="w-[min(52rem,calc(100vw-2rem))]">
      <div className="grid gap-6 md:grid-cols-2">
        <section>
          <div className="mb-2 flex items-center gap-2"><h3 className="flex-1 text-13">Shown</h3><Button size="sm" onClick={addVarying}>Add settings that differ</Button><Button size="sm" tone="quiet" onClick={() => onChange(DEFAULT_COLUMNS)}>Reset</Button></div>
          <ol className="max-h-[46vh] overflow-y-auto rounded-md border border-line">
            {chosen.map((key, index) => <ChosenColumn key={key} title={table.columns.get(key)?.title ?? key} first={index === 0} last={index === chosen.length - 1} onMove={(by) => move(index, by)} onHide={chosen.length > 1 ? () => onChange(chosen.filter((other) => other !== key)) : null} />)}
          </ol>
        </section>
        <section>
          <Input aria-label="Find a column" placeholder="Find a setting, figure or timing" className="mb-2" value={q} onChange={(event) => setQ(event.target.value)} />
          <div className="max-h-[46vh] overflow-y-auto rounded-md border border-line px-3 pb-2" tabIndex={0} role="region" aria-label="All columns">
            {Object.entries(FROM).map(([from, title]) => <Choices key={from} title={title} columns={found.filter((column) => column.from === from)} chosen={chosen} onChange={onChange} />)}
            {found.length === 0 ? <p className="pt-3 text-dim">No column has that in its name.</p> : null}
          </div>
        </section>
      </div>
    </Dialog>
  )
}

function ChosenColumn({ title, first, last, onMove, onHide }: { title: string; first: boolean; last: boolean; onMove: (by: -1 | 1) => void; onHide: (() => void) | null }) {
  return (
    <li className="flex items-center border-b border-line pl-3 last:border-b-0">
      <span className="flex-1 truncate">{title}</span>
      <Button tone="quiet" size="icon" className="size-7" aria-label={`Move ${title} left`} disabled={first} onClick={() => onMove(-1)}><ArrowUp aria-hidden /></Button>
      <Button tone="quiet" size="icon" className="size-7" aria-label={`Move ${title} right`} disabled={last} onClick={() => onMove(1)}><ArrowDown aria-hidden /></Button>
      <Button tone="quiet" size="icon" className="size-7" aria-label={`Hide ${title}`} disabled={!onHide} onClick={() => onHide?.()}><X aria-hidden /></Button>
    </li>
  )
}

function Choices({ title, columns, chosen, onChange }: { title: string; columns: readonly Column[]; chosen: readonly string[]; onChange: (columns: readonly string[]) => void }) {
  if (columns.length === 0) return null
  const toggle = (key: string, on: boolean): void => {
    const next = on ? [...chosen, key] : chosen.filter((other) => other !== key)
    if (next.length > 0) onChange(next)
  }
  return (
    <fieldset>
      <legend className="pt-2 text-12 font-medium text-dim">{title}</legend>
      {columns.map((column) => (
        <label key={column.key} className="flex items-baseline gap-2 py-0.5" title={column.hint}>
          <input type="checkbox" checked={chosen.includes(column.key)} onChange={({ target }) => toggle(column.key, target.checked)} />
          <span className="flex-1">{column.title}</span><span className="font-mono text-12 text-dim">{column.key}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** A list with one of its items a place further. */
export function moved<T>(items: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [item, other] = [items[index], items[index + by]]
  return item === undefined || other === undefined ? items : items.with(index, other).with(index + by, item)
}
