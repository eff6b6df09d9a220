'use client'
import { Download, X } from 'lucide-react'
import { useRef } from 'react'
import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { OUTCOMES, type Outcome } from '@/lib/experiments/compare/outcomes'
import { saveFile } from '@/components/charts/save-file'
import { visibleText } from '@/components/format/visible'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { classText } from '@/components/runs/class-text'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import { Tip } from '@/components/ui/tip'
import { valueCounts } from './line-filter'
import { linesCsv } from './lines-csv'
import { KINDS, narrowed, toggled, type Kind, type LinesState } from './lines-state'
import { OUTCOME_WORDS } from './outcome-words'

interface Props {
  readonly lines: LineColumns
  readonly shown: Int32Array
  readonly state: LinesState
  readonly change: (next: (now: LinesState) => LinesState, push?: boolean) => void
}

/** What narrows the list: outcomes, chips by kind, text; and the way out as CSV. */
export function FilterBar({ lines, shown, state, change }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const toggle = (outcome: Outcome): void => change((now) => ({ ...now, show: toggled(now.show, outcome) }))
  useKey('/', 'Filter', 'Lines', () => input.current?.focus())
  useKey('1', `Show or hide: ${OUTCOME_WORDS.a.title}`, 'Lines', () => toggle('a'))
  useKey('2', `Show or hide: ${OUTCOME_WORDS.b.title}`, 'Lines', () => toggle('b'))
  useKey('3', `Show or hide: ${OUTCOME_WORDS.both.title}`, 'Lines', () => toggle('both'))
  useKey('4', `Show or hide: ${OUTCOME_WORDS.neither.title}`, 'Lines', () => toggle('neither'))
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <div role="group" aria-label="Outcomes" className="flex gap-1">
        {OUTCOMES.map((outcome) => <Tip key={outcome} label={state.show.includes(outcome) ? 'Hide these lines' : 'Show these lines'} keys={OUTCOME_WORDS[outcome].key}><Button size="sm" aria-pressed={state.show.includes(outcome)} className={state.show.includes(outcome) ? 'border-accent bg-accent-bg' : 'text-dim'} onClick={() => toggle(outcome)}>{OUTCOME_WORDS[outcome].title}</Button></Tip>)}
      </div>
      <Input ref={input} aria-label="Filter lines" placeholder="Filter: user, object, label, auditID" className="w-56" value={state.q} onChange={(event) => change((now) => ({ ...now, q: event.target.value }))} />
      {KINDS.map((kind) => <Chip key={kind} kind={kind} lines={lines} shown={shown} value={state.only[kind] ?? null} onChange={(value) => change((now) => ({ ...now, only: narrowed(now.only, kind, value) }))} />)}
      <span className="flex-1" />
      <span role="status" className="text-12 text-dim">{formatCount(shown.length)} of {formatCount(lines.of)} lines</span>
      <Button size="sm" onClick={() => saveFile('lines.csv', linesCsv(lines, shown), 'text/csv;charset=utf-8')}><Download aria-hidden />CSV</Button>
    </div>
  )
}

/** Values that a menu offers; the text finds the others. */
const MOST_VALUES = 200

/** A kind's filter: a menu of what the lines shown have, or the value chosen with a cross. */
function Chip({ kind, lines, shown, value, onChange }: { kind: Kind; lines: LineColumns; shown: Int32Array; value: string | null; onChange: (value: string | null) => void }) {
  const name = (text: string): string => (kind === 'label' ? classText(text) : visibleText(text, 80))
  if (value !== null) return <Button size="sm" className="max-w-72 border-accent bg-accent-bg" aria-label={`Take away ${kind}: ${name(value)}`} onClick={() => onChange(null)}><span className="truncate">{kind}: {name(value)}</span><X aria-hidden className="!size-3.5" /></Button>
  const values = valueCounts(lines, shown, kind).slice(0, MOST_VALUES)
  return (
    <Select aria-label={`Only one ${kind}`} className="h-7 max-w-32 text-12" value="" disabled={values.length === 0} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{kind}</option>
      {values.map(({ value: one, count }) => <option key={one} value={one}>{name(one)} ({formatCount(count)})</option>)}
    </Select>
  )
}
