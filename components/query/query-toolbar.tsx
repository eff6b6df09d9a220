'use client'
import { AlignLeft, Bell, Bookmark, Columns3, Copy, Download, Play, Square } from 'lucide-react'
import { ANSWER_COLUMNS, type AnswerColumn } from '@/lib/contexts/query-answers'
import { Button } from '@/components/ui/button'
import { Menu, MenuCheck, MenuHeading, MenuItem } from '@/components/ui/menu'
import { Tip } from '@/components/ui/tip'
import { LOOKS } from './answer-columns'
import { DEFAULT_COLUMNS, type QueryState } from './query-state'

export const EXPORTS = [['csv', 'CSV'], ['jsonl', 'JSON lines'], ['parquet', 'Parquet'], ['compact', 'Compact form']] as const

interface Props {
  readonly state: QueryState
  readonly busy: boolean
  readonly faulty: boolean
  readonly asksNow: boolean
  readonly onRun: () => void
  readonly onStop: () => void
  readonly onFormat: () => void
  readonly onSave: () => void
  readonly onWatch: () => void
  readonly onColumns: (columns: readonly AnswerColumn[]) => void
  readonly onNow: (now: QueryState['now']) => void
  readonly onCopy: (what: 'link' | 'command') => void
  readonly exportAddress: (format: string) => string
}

/** What can be done with the query. */
export function QueryToolbar({ state, busy, faulty, asksNow, onRun, onStop, onFormat, onSave, onWatch, onColumns, onNow, onCopy, exportAddress }: Props) {
  const none = state.q.trim() === ''
  const toggle = (name: AnswerColumn, add: boolean): void => {
    const next = ANSWER_COLUMNS.filter((one) => (one === name ? add : state.columns.includes(one)))
    onColumns(next.length > 0 ? next : DEFAULT_COLUMNS)
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="w-24">{busy ? <Button className="w-full" onClick={onStop}><Square aria-hidden />Stop</Button> : <Tip label="Run the query" keys="Ctrl ↵"><Button tone="primary" className="w-full" disabled={faulty} onClick={onRun}><Play aria-hidden />Run</Button></Tip>}</span>
      <Tip label="Write it neatly" keys="Shift Alt F"><Button size="icon" aria-label="Write it neatly" disabled={faulty} onClick={onFormat}><AlignLeft aria-hidden /></Button></Tip>
      {asksNow ? (
        <label className="flex items-center gap-1.5 text-12 text-dim"><input type="checkbox" className="accent-(--color-accent)" checked={state.now === 'end'} onChange={({ target }) => onNow(target.checked ? 'end' : 'clock')} />now is the log’s end</label>
      ) : null}
      <span className="flex-1" />
      <Tip label="Save it under a name" keys="s"><Button disabled={none} onClick={onSave}><Bookmark aria-hidden />Save</Button></Tip>
      <Tip label="Be told of contexts that match as they come" keys="w"><Button disabled={none || state.of === 'lines'} onClick={onWatch}><Bell aria-hidden />Watch</Button></Tip>
      <Menu trigger={<Button><Columns3 aria-hidden />Columns</Button>}>
        <MenuHeading>Columns</MenuHeading>
        {ANSWER_COLUMNS.map((name) => <MenuCheck key={name} checked={state.columns.includes(name)} onChange={(add) => toggle(name, add)}>{LOOKS[name].title}</MenuCheck>)}
      </Menu>
      <Menu trigger={<Button><Copy aria-hidden />Copy</Button>}>
        <MenuItem onSelect={() => onCopy('link')}>Link to this view</MenuItem>
        <MenuItem disabled={none} onSelect={() => onCopy('command')}>As a command line</MenuItem>
      </Menu>
      <Menu trigger={<Button><Download aria-hidden />Export</Button>}>
        <MenuHeading>All answers as</MenuHeading>
        {EXPORTS.map(([format, label]) => <MenuItem key={format} disabled={format === 'compact' && state.of === 'lines'} onSelect={() => window.location.assign(exportAddress(format))}>{label}</MenuItem>)}
      </Menu>
    </div>
  )
}
