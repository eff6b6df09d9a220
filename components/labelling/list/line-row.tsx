'use client'
import { Flag, MessageSquare, TriangleAlert } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { LabellingLog, RequestLabel, Role } from '@/lib/labelling/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { VerbMark } from '@/components/charts/verbs-plot'
import { formatClock } from '@/components/format/instant'
import { LogText } from '@/components/format/log-text'
import { labelText, shortUser } from '@/components/playground/describe-line'
import { RoleMark } from '@/components/playground/role-mark'
import { cn } from '@/components/ui/cn'
import { microsAt, textAt } from '../state/log-index'
import { suggestionOf, type SuggestionIndex } from '../state/suggestions'
import { StandingMark } from './standing-mark'

export const ROW_HEIGHT = 26
/** Time, role, verb and kind, object, who, outcome, standing, label, probability. */
export const ROW_GRID = 'grid grid-cols-[5.5rem_1rem_minmax(6.5rem,1.4fr)_minmax(6rem,1.2fr)_minmax(4.5rem,0.8fr)_2.25rem_1rem_minmax(7rem,1.3fr)_2rem] items-center gap-x-2 pr-2 pl-3'
export const ROW_HEADS = ['Time (UTC)', 'Role', 'Action', 'Object', 'Who', 'Code', 'Standing', 'Label', 'Prob.'] as const

interface Props {
  readonly log: LabellingLog
  readonly suggestions: SuggestionIndex | null
  readonly label: RequestLabel | null
  readonly line: number
  readonly place: number
  readonly start: number
  readonly active: boolean
  readonly selected: boolean
  readonly disputed: boolean
  readonly onPress: (line: number, event: MouseEvent) => void
}

/** A label in a row, or what a line without one is. */
export function shortLabel(label: ActionLabel | null, role: Role | null): string {
  return labelText(label) ?? (role === 'nonresource' ? 'no API request' : role === 'background' ? 'background' : '–')
}

function PlainRow({ log, suggestions, label, line, place, start, active, selected, disputed, onPress }: Props) {
  const request = log.request[line] ?? -1
  const open = (label?.standing ?? 'unlabelled') === 'unlabelled'
  const suggestion = open ? suggestionOf(suggestions, request) : null
  const shown = open ? suggestion : label
  const verb = textAt(log, log.verb, line)
  const code = log.code[line] ?? 0
  const [resource, subresource] = [textAt(log, log.resource, line), textAt(log, log.subresource, line)]
  const object = [textAt(log, log.namespace, line), textAt(log, log.name, line)].filter(Boolean).join('/')
  return (
    <div
      role="row" aria-rowindex={place + 2} aria-selected={selected || active} data-line={line}
      className={cn(ROW_GRID, 'absolute top-0 left-0 w-full border-b border-line text-12', selected ? 'bg-accent-bg' : 'hover:bg-hover', active && 'bg-accent-bg shadow-[inset_3px_0_var(--color-accent)]')}
      style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }} onMouseDown={(event) => onPress(line, event)}
    >
      <span role="gridcell" className="truncate font-mono">{formatClock(microsAt(log, line)).slice(0, 12)}</span>
      <span role="gridcell" className="flex">{shown?.role ? <RoleMark role={shown.role} verb={verb} label={false} /> : null}</span>
      <span role="gridcell" className="flex min-w-0 items-center gap-1.5"><VerbMark verb={verb} /><span className="truncate">{verb} {resource === null ? '' : <LogText text={subresource ? `${resource}/${subresource}` : resource} limit={80} />}</span></span>
      <span role="gridcell" className="truncate font-mono text-dim"><LogText text={object} limit={120} /></span>
      <span role="gridcell" className="truncate"><LogText text={shortUser(textAt(log, log.user, line))} limit={80} /></span>
      <span role="gridcell" className={cn('text-right', code >= 400 && 'font-semibold text-bad')}>{code || '–'}</span>
      <span role="gridcell" className="flex"><StandingMark standing={open ? (suggestion ? 'suggested' : 'unlabelled') : (label?.standing ?? 'unlabelled')} /></span>
      <span role="gridcell" className={cn('flex min-w-0 items-center gap-1', open && 'text-dim italic')}>
        {disputed ? <TriangleAlert className="size-3.5 shrink-0 text-bad" aria-label="Conflict" /> : null}
        <span className="truncate"><LogText text={shortLabel(shown?.label ?? null, shown?.role ?? null)} limit={80} /></span>
        {label?.flagged ? <Flag className="size-3 shrink-0 text-warn" aria-label="Flagged" /> : null}
        {label && label.comments > 0 ? <MessageSquare className="size-3 shrink-0 text-dim" aria-label={`${label.comments} comments`} /> : null}
        {label?.skipped ? <span className="shrink-0 text-dim">skipped</span> : null}
      </span>
      <span role="gridcell" className="text-right text-dim">{suggestion?.origin.probability == null ? '' : probabilityText(suggestion.origin.probability)}</span>
    </div>
  )
}

/** ".98"; never 1.00 for what is not certain. */
export function probabilityText(probability: number): string {
  return probability >= 1 ? '1' : Math.min(0.99, probability).toFixed(2).slice(1)
}

/** One line of the log; drawn anew only when something of it changes. */
export const LineRow = memo(PlainRow)
