'use client'
import { Columns3, Filter, Group } from 'lucide-react'
import { startTransition, useMemo, useRef, useState } from 'react'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuCheck, MenuHeading } from '@/components/ui/menu'
import type { RunLine } from './run-line'
import { CHOOSABLE } from './runs-columns'
import { FACETS, facetCounts, type Facet, type RunsState } from './runs-state'

type Change = (next: (now: RunsState) => RunsState) => void

/** Filter, facets, grouping and columns of the runs table. */
export function RunsToolbar({ runs, q, onFilter, state, change }: { runs: readonly RunLine[]; q: string; onFilter: (q: string) => void; state: RunsState; change: Change }) {
  const presets = useMemo(() => new Set(runs.map((run) => run.preset)).size, [runs])
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <FilterInput q={q} onFilter={onFilter} />
      {FACETS.filter((facet) => facet !== 'preset' || presets > 1).map((facet) => <FacetMenu key={facet} facet={facet} runs={runs} state={state} change={change} />)}
      <div className="flex-1" />
      <GroupMenu state={state} change={change} />
      <ColumnsMenu state={state} change={change} />
    </div>
  )
}

/** Shows each key at once; the table follows when it can, so that typing never waits for ten thousand rows. */
function FilterInput({ q, onFilter }: { q: string; onFilter: (q: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(q)
  const [followed, setFollowed] = useState(q)
  useKey('/', 'Filter', 'Tables', () => input.current?.focus())
  if (q !== followed) {
    setFollowed(q)
    setTyped(q)
  }
  return (
    <div className="relative w-full max-w-80">
      <Input
        ref={input}
        aria-label="Filter runs"
        value={typed}
        placeholder="name, #number, w>20, f1>.95"
        onChange={({ target }) => {
          setTyped(target.value)
          startTransition(() => {
            setFollowed(target.value)
            onFilter(target.value)
          })
        }}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
      />
      <Kbd className="pointer-events-none absolute top-1.5 right-2">/</Kbd>
    </div>
  )
}

const NAMES: Record<Facet, string> = { state: 'State', protocol: 'Protocol', experiment: 'Experiment', dataset: 'Dataset', preset: 'Preset' }

function FacetMenu({ facet, runs, state, change }: { facet: Facet; runs: readonly RunLine[]; state: RunsState; change: Change }) {
  const chosen = state.facets[facet] ?? []
  const toggle = (value: string, on: boolean): void => change((now) => {
    const { [facet]: before = [], ...others } = now.facets
    const after = on ? [...before, value] : before.filter((other) => other !== value)
    return { ...now, facets: after.length > 0 ? { ...others, [facet]: after } : others }
  })
  return (
    <Menu align="start" trigger={<Button className={chosen.length > 0 ? 'border-accent text-accent' : ''}><Filter aria-hidden className="!size-3.5" />{NAMES[facet]}{chosen.length > 0 ? `: ${chosen.length > 2 ? chosen.length : chosen.join(', ')}` : ''}</Button>}>
      <MenuHeading>{NAMES[facet]}</MenuHeading>
      <FacetChoices runs={runs} facet={facet} chosen={chosen} toggle={toggle} />
    </Menu>
  )
}

/** Counted only while its menu is open. */
function FacetChoices({ runs, facet, chosen, toggle }: { runs: readonly RunLine[]; facet: Facet; chosen: readonly string[]; toggle: (value: string, on: boolean) => void }) {
  const counts = useMemo(() => facetCounts(runs, facet), [runs, facet])
  return counts.map(({ value, count }) => (
    <MenuCheck key={value} checked={chosen.includes(value)} onChange={(on) => toggle(value, on)}>
      <span className="flex-1">{value || 'none'}</span><span className="text-12 text-dim">{count}</span>
    </MenuCheck>
  ))
}

const GROUPS = ['protocol', 'window', 'state', 'experiment', 'dataset', 'preset'] as const

function GroupMenu({ state, change }: { state: RunsState; change: Change }) {
  return (
    <Menu trigger={<Button className={state.group ? 'border-accent text-accent' : ''}><Group aria-hidden />{state.group ? `Grouped by ${state.group}` : 'Group'}</Button>}>
      <MenuHeading>Group by</MenuHeading>
      {GROUPS.map((name) => <MenuCheck key={name} checked={state.group === name} onChange={(on) => change((now) => ({ ...now, group: on ? name : null }))}><span className="capitalize">{name}</span></MenuCheck>)}
    </Menu>
  )
}

function ColumnsMenu({ state, change }: { state: RunsState; change: Change }) {
  const toggle = (id: string, on: boolean): void => change((now) => {
    const columns = CHOOSABLE.map((column) => column.id).filter((other) => (other === id ? on : now.columns.includes(other)))
    return columns.length > 0 ? { ...now, columns } : now
  })
  return (
    <Menu trigger={<Button><Columns3 aria-hidden />Columns</Button>}>
      <MenuHeading>Columns shown</MenuHeading>
      {CHOOSABLE.map((column) => <MenuCheck key={column.id} checked={state.columns.includes(column.id)} onChange={(on) => toggle(column.id, on)}>{column.name}</MenuCheck>)}
    </Menu>
  )
}
