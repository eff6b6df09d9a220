'use client'
import { visibleText } from '@/components/format/visible'
import { ChartScatter, Columns3, Diff, Filter, Group, Pin, Spline } from 'lucide-react'
import { useMemo, useRef, type ReactNode } from 'react'
import type { ColumnTable } from '@/components/columns/column'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuCheck, MenuHeading } from '@/components/ui/menu'
import { Tip } from '@/components/ui/tip'
import { FACETS, type Facet, type RunsState } from './runs-state'
import { facetCounts } from './runs-in-view'

type Change = (next: (now: RunsState) => RunsState) => void

interface Props {
  table: ColumnTable
  state: RunsState
  change: Change
  baseline: { readonly id: string; readonly name: string } | null
  onColumns: () => void
  views: ReactNode
}

const on = (active: boolean): string => (active ? 'border-accent text-accent' : '')

/** Filter, facets, grouping, baseline, drawings, columns and views of the runs table. */
export function RunsToolbar({ table, state, change, baseline, onColumns, views }: Props) {
  const facets = FACETS.filter((facet) => facet === 'state' || facet === 'protocol' || state.facets[facet] || distinct(table, facet) > 1)
  useKey('c', 'Choose columns', 'Runs', onColumns)
  useKey('p', 'Parallel coordinates', 'Runs', () => change((now) => ({ ...now, plot: now.plot === 'parallel' ? null : 'parallel' })))
  useKey('shift+p', 'Scatter', 'Runs', () => change((now) => ({ ...now, plot: now.plot === 'scatter' ? null : 'scatter' })))
  useKey('d', 'Only what differs', 'Runs', () => change((now) => ({ ...now, differs: !now.differs })))
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <FilterInput q={state.q} onFilter={(q) => change((now) => ({ ...now, q }))} />
      {facets.map((facet) => <FacetMenu key={facet} facet={facet} table={table} state={state} change={change} />)}
      <div className="flex-1" />
      {baseline ? <BaselineButton name={baseline.name} off={state.base === 'none'} onToggle={() => change((now) => ({ ...now, base: now.base === 'none' ? null : 'none' }))} /> : null}
      <Tip label="Hide columns in which all runs in view agree" keys="d"><Button aria-pressed={state.differs} className={on(state.differs)} onClick={() => change((now) => ({ ...now, differs: !now.differs }))}><Diff aria-hidden />What differs</Button></Tip>
      <Tip label="Parallel coordinates of the runs in view" keys="p"><Button size="icon" aria-label="Parallel coordinates" aria-pressed={state.plot === 'parallel'} className={on(state.plot === 'parallel')} onClick={() => change((now) => ({ ...now, plot: now.plot === 'parallel' ? null : 'parallel' }))}><Spline aria-hidden /></Button></Tip>
      <Tip label="Scatter of the runs in view" keys="Shift p"><Button size="icon" aria-label="Scatter" aria-pressed={state.plot === 'scatter'} className={on(state.plot === 'scatter')} onClick={() => change((now) => ({ ...now, plot: now.plot === 'scatter' ? null : 'scatter' }))}><ChartScatter aria-hidden /></Button></Tip>
      <GroupMenu table={table} state={state} change={change} />
      <Tip label="Any setting, axis, figure or timing" keys="c"><Button onClick={onColumns}><Columns3 aria-hidden />Columns</Button></Tip>
      {views}
    </div>
  )
}

function distinct(table: ColumnTable, facet: Facet): number {
  const column = table.columns.get(facet)
  return column?.kind === 'word' ? column.words.length : 0
}

function BaselineButton({ name, off, onToggle }: { name: string; off: boolean; onToggle: () => void }) {
  return <Tip label={off ? 'Show differences to the baseline' : 'Figures show their difference to this run; b pins another'}><Button aria-pressed={!off} className={on(!off)} onClick={onToggle}><Pin aria-hidden />vs {name}</Button></Tip>
}

function FilterInput({ q, onFilter }: { q: string; onFilter: (q: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  useKey('/', 'Filter', 'Tables', () => input.current?.focus())
  return (
    <div className="relative w-full max-w-72">
      <Input ref={input} aria-label="Filter runs" value={q} placeholder="name, window >= 20, f1>.95" onChange={({ target }) => onFilter(target.value)} onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()} />
      <Kbd className="pointer-events-none absolute top-1.5 right-2">/</Kbd>
    </div>
  )
}

const NAMES: Record<Facet, string> = { state: 'State', protocol: 'Protocol', experiment: 'Experiment', dataset: 'Dataset', preset: 'Preset', kind: 'Kind' }

function FacetMenu({ facet, table, state, change }: { facet: Facet; table: ColumnTable; state: RunsState; change: Change }) {
  const chosen = state.facets[facet] ?? []
  const toggle = (value: string, add: boolean): void => change((now) => {
    const { [facet]: before = [], ...others } = now.facets
    const after = add ? [...before, value] : before.filter((other) => other !== value)
    return { ...now, facets: after.length > 0 ? { ...others, [facet]: after } : others }
  })
  return (
    <Menu align="start" trigger={<Button className={on(chosen.length > 0)}><Filter aria-hidden className="!size-3.5" />{NAMES[facet]}{chosen.length > 0 ? `: ${chosen.length > 2 ? chosen.length : chosen.join(', ')}` : ''}</Button>}>
      <MenuHeading>{NAMES[facet]}</MenuHeading>
      <FacetChoices table={table} facet={facet} chosen={chosen} toggle={toggle} />
    </Menu>
  )
}

/** Counted only while its menu is open. */
function FacetChoices({ table, facet, chosen, toggle }: { table: ColumnTable; facet: Facet; chosen: readonly string[]; toggle: (value: string, add: boolean) => void }) {
  const counts = useMemo(() => facetCounts(table, facet), [table, facet])
  // A choice without a value cannot stand in an address.
  return counts.filter(({ value }) => value !== '').map(({ value, count }) => (
    <MenuCheck key={value} checked={chosen.includes(value)} onChange={(add) => toggle(value, add)}>
      <span className="flex-1">{value}</span><span className="text-12 text-dim">{count}</span>
    </MenuCheck>
  ))
}

const GROUPS = ['experiment', 'preset', 'protocol', 'dataset', 'state', 'kind', 'window'] as const
/** A column of more values groups nothing. */
const MOST_GROUPS = 200

function GroupMenu({ table, state, change }: { table: ColumnTable; state: RunsState; change: Change }) {
  const title = (key: string): string => table.columns.get(key)?.title ?? key
  return (
    <Menu trigger={<Button className={on(state.group.length > 0)}><Group aria-hidden /><span className="max-w-40 truncate">{state.group.length > 0 ? `By ${state.group.map((key) => visibleText(title(key))).join(', ')}` : 'Group'}</span></Button>}>
      <MenuHeading>Group by: mean ± deviation</MenuHeading>
      <GroupChoices table={table} state={state} change={change} />
    </Menu>
  )
}

function GroupChoices({ table, state, change }: { table: ColumnTable; state: RunsState; change: Change }) {
  const settings = useMemo(() => [...table.columns.values()].filter((column) => column.from === 'settings' && !GROUPS.some((key) => key === column.key) && isShort(table, column.key)).map((column) => column.key), [table])
  const toggle = (key: string, add: boolean): void => change((now) => ({ ...now, group: add ? [...now.group, key] : now.group.filter((other) => other !== key) }))
  const keys = [...GROUPS.filter((key) => table.columns.has(key)), ...settings]
  return (
    <>
      {state.group.length > 0 ? <MenuCheck checked={state.open} onChange={(open) => change((now) => ({ ...now, open }))}>Show the runs of every group</MenuCheck> : null}
      {keys.map((key) => <MenuCheck key={key} checked={state.group.includes(key)} onChange={(add) => toggle(key, add)}>{table.columns.get(key)?.title ?? visibleText(key)}</MenuCheck>)}
    </>
  )
}

/** More than one value, and not very many. */
function isShort(table: ColumnTable, key: string): boolean {
  const column = table.columns.get(key)
  if (!column) return false
  const values = new Set<number>()
  for (const value of column.kind === 'number' ? column.values : column.codes) if (values.add(value).size > MOST_GROUPS) return false
  return values.size > 1
}
