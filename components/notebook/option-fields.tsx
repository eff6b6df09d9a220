'use client'
import { MEASURES } from '@/lib/experiments/measures'
import type { Cell } from '@/lib/notebook/cell'
import type { Named as Option } from '@/lib/notebook/experiment-choice'
import { Field, Select } from '@/components/ui/field'
import type { NotebookChoices } from './notebook-choices'

export interface Props<C extends Cell> { readonly cell: C; readonly cells: readonly Cell[]; readonly choices: NotebookChoices; readonly onChange: (cell: Cell) => void }

export const ROW = 'mb-2 grid gap-3 sm:grid-cols-2 lg:grid-cols-4'

export const plain = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }))

/** A choice that also shows what is set when it is none of those offered. */
export function Choice({ label, value, options, onChange, none }: { label: string; value: string | undefined; options: readonly Option[]; onChange: (value: string | undefined) => void; none?: string }) {
  const known = value === undefined || options.some((option) => option.value === value)
  return (
    <Field label={label}>
      <Select className="w-full" value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}>
        {none !== undefined || value === undefined ? <option value="">{none ?? 'choose'}</option> : null}
        {known ? null : <option value={value}>{value} (not here)</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </Select>
    </Field>
  )
}

export function cellOptions(cells: readonly Cell[], kinds: readonly Cell['kind'][], own: string): Option[] {
  return cells.filter((cell) => cell.id !== own && kinds.includes(cell.kind)).map((cell) => ({ value: cell.id, label: `${cell.id}: ${cell.kind} ${cell.text.slice(0, 40)}` }))
}

/** A copy without what is undefined, as cells have it. */
export function without<C extends Cell>(cell: C): Cell {
  return Object.fromEntries(Object.entries(cell).filter(([, value]) => value !== undefined)) as unknown as Cell
}

export const MEASURE_OPTIONS: readonly Option[] = MEASURES.map(({ key, title }) => ({ value: key, label: title }))
export function Checks({ legend, options, chosen, onChange }: { legend: string; options: readonly Option[]; chosen: readonly string[]; onChange: (value: string, on: boolean) => void }) {
  return (
    <fieldset className="mb-2">
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className="grid max-h-64 gap-x-4 gap-y-1 overflow-y-auto sm:grid-cols-2 lg:grid-cols-3">
        {options.map(({ value, label }) => <label key={value} className="flex items-center gap-2 text-12"><input type="checkbox" checked={chosen.includes(value)} onChange={(event) => onChange(value, event.target.checked)} />{label}</label>)}
      </div>
    </fieldset>
  )
}
