'use client'
import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { axisOf } from '@/lib/experiments/axes'
import type { AxisValue } from '@/lib/experiments/points'
import { formatFigure, plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/field'

interface Props {
  name: string
  /** Values that the scale has, and others worth offering; those that are left out can be taken back. */
  offered: readonly AxisValue[]
  values: readonly AxisValue[]
  onChange: (values: readonly AxisValue[]) => void
  /** Reads what was typed; the problem where it is none of the axis. */
  onAdd: (text: string) => string | null
  /** Only of an axis that the scale does not have. */
  onRemove?: () => void
}

const MANY = 30

/** One axis of a sweep: its values as chips, each to be left out or taken back, and a field for others. */
export function AxisEditor({ name, offered, values, onChange, onAdd, onRemove }: Props) {
  const { title, unit } = axisOf(name)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const id = useId()
  const all = inOrder([...offered, ...values.filter((value) => !offered.includes(value))], [...offered, ...values])
  const shown = open ? all : all.slice(0, MANY)
  const add = (): void => {
    const said = text.trim() === '' ? null : onAdd(text)
    setProblem(said)
    if (said === null) setText('')
  }
  return (
    <fieldset className="rounded-md border border-line px-3 pt-1 pb-3" aria-describedby={problem ? `${id}-problem` : undefined}>
      <legend className="px-1 font-medium">{title}{unit ? <span className="font-normal text-dim"> ({unit})</span> : null} <span className="font-normal text-dim">{plural(values.length, 'value')}</span></legend>
      <div className="flex flex-wrap items-center gap-1">
        {shown.map((value) => <Chip key={String(value)} value={value} chosen={values.includes(value)} onToggle={() => onChange(values.includes(value) ? values.filter((other) => other !== value) : inOrder([...values, value], all))} />)}
        {all.length > MANY ? <Button tone="quiet" size="sm" className="h-6" onClick={() => setOpen((now) => !now)}>{open ? 'fewer' : `${all.length - MANY} more`}</Button> : null}
        {all.length > 8 ? <Button tone="quiet" size="sm" className="h-6" onClick={() => onChange(values.length === all.length ? [] : all)}>{values.length === all.length ? 'none' : 'all'}</Button> : null}
        <span className="flex items-center">
          <Input
            aria-label={`Add to ${title.toLowerCase()}`}
            placeholder="add"
            className="h-6 w-20 px-1.5 text-12"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return
              event.preventDefault()
              add()
            }}
          />
          <Button tone="quiet" size="sm" className="h-6 px-1" aria-label={`Add to ${title.toLowerCase()}: ${text || 'nothing yet'}`} onClick={add}><Plus aria-hidden /></Button>
        </span>
        {onRemove ? <Button tone="quiet" size="sm" className="h-6" onClick={onRemove}><X aria-hidden />Do not sweep</Button> : null}
      </div>
      {problem ? <p id={`${id}-problem`} role="alert" className="mt-1 text-12 text-bad">{problem}</p> : null}
    </fieldset>
  )
}

function Chip({ value, chosen, onToggle }: { value: AxisValue; chosen: boolean; onToggle: () => void }) {
  return (
    <button type="button" aria-pressed={chosen} onClick={onToggle} title={chosen ? 'Leave it out' : 'Take it back'} className={cn('h-6 rounded-md border px-2 text-12', chosen ? 'border-accent bg-accent-bg text-ink' : 'border-dashed border-strong text-dim line-through hover:text-ink')}>
      {typeof value === 'number' ? formatFigure(value) : value}
    </button>
  )
}

/** Numbers by size, names as they are offered. */
export function inOrder(values: readonly AxisValue[], offered: readonly AxisValue[]): AxisValue[] {
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === values.length) return numbers.toSorted((a, b) => a - b)
  return values.toSorted((a, b) => offered.indexOf(a) - offered.indexOf(b))
}
