'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { effectRows, type EffectRow } from '@/lib/contexts/view/effects'
import { objectOf } from '@/lib/contexts/view/names'
import { VerbMark } from '@/components/charts/verbs-plot'
import { LogText } from '@/components/format/log-text'
import { formatCount } from '@/components/format/number'
import { cn } from '@/components/ui/cn'
import type { Shown } from './context-view'
import { afterText } from './request-words'

const ROW = 26
const INDENT = 20

/** What followed as a tree by cause, siblings of one action folded; → tells them one by one, ← closes. */
export function EffectsTree({ picture, effects, chosen, choose, height }: Pick<Shown, 'picture' | 'effects' | 'chosen' | 'choose'> & { height: number }) {
  const scroll = useRef<HTMLDivElement>(null)
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())
  const [each, setEach] = useState<ReadonlySet<number>>(new Set())
  const [active, setActive] = useState(0)
  const rows = useMemo(() => effectRows(effects, closed, each), [effects, closed, each])
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 8 })
  const chosenEffect = chosen < 0 ? -1 : (effects.of[chosen] ?? -1)
  useEffect(() => {
    const at = rows.findIndex((row) => (row.request === null ? row.effect.id === chosenEffect && !each.has(chosenEffect) : row.request === chosen))
    if (at >= 0) { setActive(at); virtual.scrollToIndex(at) }
  }, [chosen, chosenEffect, rows, each, virtual])
  const fold = (row: EffectRow, to: 'closed' | 'open' | 'each'): void => {
    const id = row.effect.id
    setClosed((now) => toggled(now, id, to === 'closed'))
    setEach((now) => toggled(now, id, to === 'each'))
  }
  const move = (to: number): void => {
    const at = Math.max(0, Math.min(rows.length - 1, to))
    setActive(at)
    virtual.scrollToIndex(at)
  }
  const pick = (row: EffectRow | undefined): void => { if (row) choose(row.request ?? row.effect.members[0] ?? -1) }
  const keys = (event: React.KeyboardEvent): void => {
    const row = rows[active]
    const at: Record<string, () => void> = {
      ArrowDown: () => move(active + 1), ArrowUp: () => move(active - 1), Home: () => move(0), End: () => move(rows.length - 1), Enter: () => pick(row), ' ': () => pick(row),
      ArrowRight: () => { if (row?.request === null && row.state === 'closed') fold(row, 'open'); else if (row?.request === null && row.state === 'open' && row.effect.members.length > 1) fold(row, 'each') },
      ArrowLeft: () => { if (row?.request === null && row.state === 'each') fold(row, 'open'); else if (row?.request === null && row.state === 'open') fold(row, 'closed'); else if (row) move(rows.findIndex((one) => one.request === null && one.effect.id === (row.request === null ? row.effect.parent : row.effect.id))) },
    }
    const run = at[event.key]
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }
  if (rows.length === 0) return <p className="mt-4 text-dim">Nothing followed that this log shows.</p>
  return (
    <section aria-labelledby="effects-head" className="mt-5">
      <h2 id="effects-head" className="mb-1 text-12 text-dim">What followed, by cause <span className="font-normal">(↑ ↓ move, → opens and tells one by one, ← closes)</span></h2>
      <div ref={scroll} role="tree" aria-label="Effects by cause" tabIndex={0} aria-activedescendant={`effect-${active}`} onKeyDown={keys} className="overflow-auto rounded-md" style={{ height: Math.min(height, rows.length * ROW + 2) }}>
        <div role="presentation" className="relative min-w-[34rem]" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            const here = row.request === null ? row.effect.id === chosenEffect : row.request === chosen
            return (
              <div key={index} id={`effect-${index}`} role="treeitem" tabIndex={-1} aria-level={row.depth + 1} aria-selected={here} {...(row.state === 'leaf' ? {} : { 'aria-expanded': row.state !== 'closed' })} onMouseDown={() => { setActive(index); pick(row) }} className={cn('absolute top-0 left-0 flex w-full cursor-pointer items-center gap-2 rounded-sm pr-2 whitespace-nowrap', here ? 'bg-accent-bg' : 'hover:bg-hover', index === active && 'outline-1 -outline-offset-1 outline-line')} style={{ height: ROW, transform: `translateY(${start}px)`, paddingLeft: 6 + row.depth * INDENT }}>
                <Twisty row={row} onFold={fold} />
                <VerbMark verb={row.effect.verb} />
                {row.request === null ? <EffectWords row={row} object={row.effect.members.length === 1 ? objectOf(picture, row.effect.members[0] ?? -1) : ''} /> : (
                  <>
                    <span className="font-mono text-12"><LogText text={objectOf(picture, row.request)} limit={120} /></span>
                    <span className="text-12 text-dim">{afterText(picture, row.request)}</span>
                    {picture.failed(row.request) ? <span className="text-12 font-semibold text-bad">{picture.number('code', row.request)}</span> : null}
                    {picture.uncertain(row.request) ? <span className="text-12 text-warn">uncertain</span> : null}
                  </>
                )}
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}

function toggled(set: ReadonlySet<number>, id: number, on: boolean): ReadonlySet<number> {
  const next = new Set(set)
  if (on) next.add(id)
  else next.delete(id)
  return next
}

function Twisty({ row, onFold }: { row: EffectRow; onFold: (row: EffectRow, to: 'closed' | 'open' | 'each') => void }) {
  if (row.state === 'leaf') return <span aria-hidden className="w-3.5" />
  return <span aria-hidden className="w-3.5 text-center text-dim hover:text-ink" onMouseDown={(event) => { event.stopPropagation(); onFold(row, row.state === 'closed' ? 'open' : row.state === 'open' && row.effect.members.length > 1 ? 'each' : 'closed') }}>{row.state === 'closed' ? '▸' : row.state === 'each' ? '▾' : '▿'}</span>
}

function EffectWords({ row: { effect }, object }: { row: EffectRow; object: string }) {
  return (
    <>
      <span className="font-medium"><LogText text={effect.action} limit={90} /></span>
      {effect.members.length > 1 ? <span className="text-dim">× {formatCount(effect.members.length)}</span> : <span className="font-mono text-12 text-dim"><LogText text={object} limit={80} /></span>}
      {effect.failed > 0 ? <span className="text-bad">{formatCount(effect.failed)} refused</span> : null}
      {effect.uncertain > 0 ? <span className="text-warn">{formatCount(effect.uncertain)} uncertain</span> : null}
      <span className="min-w-0 truncate text-dim"><LogText text={`${effect.actors.slice(0, 3).join(', ')}${effect.actors.length > 3 ? '…' : ''}`} /></span>
    </>
  )
}
