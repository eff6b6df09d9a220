'use client'
import { visibleText } from '@/components/format/visible'
import { Columns3, Download, Group } from 'lucide-react'
import { useMemo, useRef } from 'react'
import type { ColumnTable } from '@/components/columns/column'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuCheck, MenuHeading, MenuItem, MenuLine } from '@/components/ui/menu'
import { columnFacts, GROUPS } from './context-columns'
import type { ContextsState } from './contexts-state'

export type Change = (next: (now: ContextsState) => ContextsState, push?: boolean) => void

interface Props {
  table: ColumnTable
  state: ContextsState
  change: Change
  shown: number
  onExport: (format: 'csv' | 'jsonl') => void
  /** Where every line of the reconstruction is had as a file; null for those who may not. */
  recordsAt: string | null
}

const on = (active: boolean): string => (active ? 'border-accent text-accent' : '')

/** Filter, grouping, columns and export of the list. */
export function ContextsToolbar({ table, state, change, shown, onExport, recordsAt }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const menu = useRef<HTMLButtonElement>(null)
  useKey('/', 'Filter', 'Tables', () => input.current?.focus())
  useKey('g g', 'Group by…', 'Contexts', () => openMenu(menu.current))
  useKey('o', 'Open or close all groups', 'Contexts', () => change((now) => ({ ...now, open: !now.open })), { enabled: state.group.length > 0 })
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative w-full max-w-104">
        <Input ref={input} aria-label="Filter contexts" value={state.q} placeholder='words, user:alice, events>10, -verb:get, time>="2026-01-01T10:00Z"' onChange={({ target }) => change((now) => ({ ...now, q: target.value }))} onKeyDown={(event) => (event.key === 'Escape' || event.key === 'Enter') && input.current?.blur()} />
        <Kbd className="pointer-events-none absolute top-1.5 right-2 bg-bg">/</Kbd>
      </div>
      <div className="flex-1" />
      <Menu trigger={<Button ref={menu} title="Group by (g g)" className={on(state.group.length > 0)}><Group aria-hidden /><span className="max-w-48 truncate">{state.group.length > 0 ? `By ${state.group.map((key) => visibleText(columnFacts(key).title.toLowerCase())).join(', ')}` : 'Group'}</span></Button>}>
        <GroupChoices table={table} state={state} change={change} />
      </Menu>
      <Menu trigger={<Button><Columns3 aria-hidden />Columns</Button>}>
        <MenuHeading>Columns</MenuHeading>
        {[...table.columns.keys()].map((key) => (
          <MenuCheck key={key} checked={state.columns.includes(key)} onChange={(add) => change((now) => ({ ...now, columns: add ? [...now.columns, key] : now.columns.length > 1 ? now.columns.filter((other) => other !== key) : now.columns }))}>{columnFacts(key).title}</MenuCheck>
        ))}
      </Menu>
      <Menu trigger={<Button><Download aria-hidden />Export</Button>}>
        <MenuHeading>{formatCount(shown)} contexts as shown</MenuHeading>
        <MenuItem onSelect={() => onExport('csv')}>CSV</MenuItem>
        <MenuItem onSelect={() => onExport('jsonl')}>JSON lines</MenuItem>
        {recordsAt === null ? null : <><MenuLine /><MenuItem onSelect={() => window.location.assign(recordsAt)}>Every line with its links, JSON lines</MenuItem></>}
      </Menu>
    </div>
  )
}

/** Menus open on keys and pointers, not on clicks made by a program. */
function openMenu(button: HTMLButtonElement | null): void {
  button?.focus()
  button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
}

function GroupChoices({ table, state, change }: Pick<Props, 'table' | 'state' | 'change'>) {
  const counts = useMemo(() => new Map(GROUPS.map((key) => {
    const column = table.columns.get(key)
    return [key, column?.kind === 'word' ? new Set(column.codes).size : 0] as const
  })), [table])
  const toggle = (key: string, add: boolean): void => change((now) => ({ ...now, group: add ? [...now.group, key] : now.group.filter((other) => other !== key) }))
  return (
    <>
      <MenuHeading>Group by, the outermost first</MenuHeading>
      {GROUPS.map((key) => (
        <MenuCheck key={key} checked={state.group.includes(key)} onChange={(add) => toggle(key, add)}>
          <span className="flex-1">{columnFacts(key).title}</span><span className="text-12 text-dim">{formatCount(counts.get(key) ?? 0)}</span>
        </MenuCheck>
      ))}
      {state.group.length > 0 ? <><MenuLine /><MenuCheck checked={state.open} onChange={(open) => change((now) => ({ ...now, open }))}>Show the contexts of every group</MenuCheck></> : null}
    </>
  )
}
