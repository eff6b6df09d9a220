'use client'
import { Check } from 'lucide-react'
import { memo } from 'react'
import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { classText } from '@/components/runs/class-text'
import { cn } from '@/components/ui/cn'
import { outcomeAt } from './line-filter'
import { OutcomeMark } from './outcome-mark'

export const ROW_HEIGHT = 32
/** Mark, time, verb, resource, object, who, status, wanted label, A's, B's. */
export const ROW_TEMPLATE = '36px 132px 84px minmax(116px,1fr) minmax(132px,1.4fr) minmax(116px,1.2fr) 52px minmax(156px,1.4fr) minmax(164px,1.4fr) minmax(164px,1.4fr)'
export const ROW_HEADS = ['', 'Time (UTC)', 'Verb', 'Resource', 'Object', 'Who', 'Status', 'Wanted', 'A', 'B'] as const
export const ROW_WIDTH = 1152

interface Props {
  readonly lines: LineColumns
  readonly line: number
  readonly place: number
  readonly start: number
  readonly active: boolean
  readonly onActivate: (place: number) => void
}

function PlainLineRow({ lines, line, place, start, active, onActivate }: Props) {
  const word = (column: readonly number[]): string | null => lines.words[column[line] ?? -1] ?? null
  const [micros, code, verb] = [lines.micros[line] ?? null, lines.code[line] ?? null, word(lines.verb)]
  const label = (column: readonly number[]): string => lines.labels[column[line] ?? -1] ?? ''
  return (
    <div role="row" aria-rowindex={place + 2} aria-selected={active} className={cn('absolute top-0 left-0 grid w-full items-center border-b border-line hover:bg-hover', active && 'bg-accent-bg shadow-[inset_2px_0_var(--color-accent)]')} style={{ gridTemplateColumns: ROW_TEMPLATE, height: ROW_HEIGHT, transform: `translateY(${start}px)` }} onMouseDown={() => onActivate(place)}>
      <div role="gridcell" className="px-2"><OutcomeMark outcome={outcomeAt(lines, line)} /></div>
      <div role="gridcell" className="truncate px-2 font-mono text-12">{micros === null ? '–' : formatClock(micros)}</div>
      <div role="gridcell" className="flex items-center gap-1.5 truncate px-2"><VerbMark verb={verb} /><LogText text={verb} limit={20} /></div>
      <div role="gridcell" className="truncate px-2"><LogText text={word(lines.resource)} limit={80} /></div>
      <div role="gridcell" className="truncate px-2 font-mono text-12"><LogText text={word(lines.object)} limit={120} /></div>
      <div role="gridcell" className="truncate px-2"><LogText text={word(lines.user)} limit={100} /></div>
      <div role="gridcell" className={cn('px-2', code !== null && code >= 400 && 'font-semibold text-bad')}>{code ?? '–'}</div>
      <div role="gridcell" className="truncate px-2" title={classText(label(lines.want))}>{classText(label(lines.want))}</div>
      <Said text={label(lines.a)} right={lines.a[line] === lines.want[line]} confidence={lines.confidenceA[line] ?? 0} />
      <Said text={label(lines.b)} right={lines.b[line] === lines.want[line]} confidence={lines.confidenceB[line] ?? 0} />
    </div>
  )
}

/** One row of the list; drawn anew only when it or its place changes. */
export const LineRow = memo(PlainLineRow)

/** A run's label with its confidence; a tick says enough where it is the wanted one. */
function Said({ text, right, confidence }: { text: string; right: boolean; confidence: number }) {
  return (
    <div role="gridcell" className="flex items-center gap-1.5 px-2" title={classText(text)}>
      {right ? <><Check aria-hidden className="size-3.5 shrink-0 text-good" /><span className="flex-1 text-dim">right</span></> : <span className="min-w-0 flex-1 truncate text-bad">{classText(text)}</span>}
      <span className="text-12 text-dim">{confidence.toFixed(2)}</span>
    </div>
  )
}
