'use client'
import { useMemo } from 'react'
import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { useKey } from '@/components/keys/use-key'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { EventPanel } from './event-panel'
import { FilterBar } from './filter-bar'
import { filterLines, nextPlace, outcomeAt, valueOf } from './line-filter'
import { LineList } from './line-list'
import { narrowed, type LinesState } from './lines-state'
import { useLines } from './use-lines'

type Change = (next: (now: LinesState) => LinesState, push?: boolean) => void
const HEIGHT = 480
/** Head, a row, and room for a sideways scroll bar. */
const [LEAST, HEAD, ROW, BAR] = [160, 34, 32, 18] as const

/** The list of lines with its filters, and the line looked at beside it. */
export function LinesExplorer({ a, b, dataset, state, change }: { a: string; b: string; dataset: string | null; state: LinesState; change: Change }) {
  const { lines, error } = useLines(a, b)
  return (
    <Section title="Line by line" aside={<span className="text-12 text-dim">j k move · n p next and previous difference · [ ] context · r raw</span>}>
      {error ? <Notice tone="bad">{error}</Notice> : lines === null ? <div role="status" aria-label="Reading the lines" className="skeleton" style={{ height: HEIGHT + 40 }} /> : <Explorer lines={lines} dataset={dataset} state={state} change={change} />}
    </Section>
  )
}

function Explorer({ lines, dataset, state, change }: { lines: LineColumns; dataset: string | null; state: LinesState; change: Change }) {
  const { show, only, q } = state
  const shown = useMemo(() => filterLines(lines, { show, only, q }), [lines, show, only, q])
  const active = useMemo(() => (state.at === null ? -1 : shown.indexOf(lines.auditID.indexOf(state.at))), [lines, shown, state.at])
  const moveTo = (place: number): void => {
    const line = shown[place]
    if (line !== undefined) change((now) => ({ ...now, at: lines.auditID[line] ?? null }))
  }
  useLineKeys(lines, shown, active, moveTo)
  const toggleRaw = (): void => {
    if (active < 0) moveTo(0)
    change((now) => ({ ...now, raw: !now.raw }))
  }
  useKey('r', 'Raw event, or back to the list', 'Lines', toggleRaw)
  const line = shown[active]
  return (
    <>
      <FilterBar lines={lines} shown={shown} state={state} change={change} />
      {lines.auditID.length < lines.of ? <p className="mb-2 text-12 text-dim">Lines that both have right are too many to list: {lines.auditID.length.toLocaleString('en')} of {lines.of.toLocaleString('en')} are here, all with a mistake among them first. Figures above are of all.</p> : null}
      <div className={state.raw && line !== undefined ? 'grid gap-3 lg:grid-cols-[minmax(0,1fr)_26rem]' : 'grid grid-cols-[minmax(0,1fr)]'}>
        <LineList lines={lines} shown={shown} active={active} height={state.raw ? HEIGHT : Math.max(LEAST, Math.min(HEIGHT, HEAD + ROW * shown.length + BAR))} onActivate={moveTo} onOpen={toggleRaw} />
        {state.raw && line !== undefined ? (
          <EventPanel lines={lines} line={line} dataset={dataset} height={HEIGHT} onClose={toggleRaw} onContext={(context) => change((now) => ({ ...now, show: ['a', 'b', 'both', 'neither'], only: narrowed(now.only, 'context', context) }), true)} />
        ) : null}
      </div>
    </>
  )
}

function useLineKeys(lines: LineColumns, shown: Int32Array, active: number, moveTo: (place: number) => void): void {
  const step = (by: number) => (): void => moveTo(Math.max(0, Math.min(shown.length - 1, active + by)))
  const differs = (line: number): boolean => ['a', 'b'].includes(outcomeAt(lines, line))
  const here = active < 0 ? null : valueOf(lines, 'context', shown[active] as number)
  const elsewhere = (line: number): boolean => { const context = valueOf(lines, 'context', line); return context !== null && context !== here }
  useKey('j', 'Next line', 'Lines', step(1))
  useKey('k', 'Previous line', 'Lines', step(-1))
  useKey('ArrowDown', 'Next line', 'Lines', step(1))
  useKey('ArrowUp', 'Previous line', 'Lines', step(-1))
  useKey('n', 'Next difference', 'Lines', () => moveTo(nextPlace(shown, active, 1, differs)))
  useKey('p', 'Previous difference', 'Lines', () => moveTo(nextPlace(shown, active, -1, differs)))
  useKey(']', 'Next context', 'Lines', () => moveTo(nextPlace(shown, active, 1, elsewhere)))
  useKey('[', 'Previous context', 'Lines', () => moveTo(nextPlace(shown, active, -1, elsewhere)))
}
