'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useLayoutEffect, useMemo, useRef } from 'react'
import type { LabelStanding, LabellingLog, Role } from '@/lib/labelling/types'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { shortUser } from '@/components/playground/describe-line'
import { RoleMark } from '@/components/playground/role-mark'
import { Kbd } from '@/components/ui/kbd'
import { cn } from '@/components/ui/cn'
import { StandingMark } from '../list/standing-mark'
import { roleOf } from '../state/filter'
import { groupOf } from '../state/group'
import { requestAt, textAt } from '../state/log-index'
import type { LabelState } from '../state/model'
import { standingOf } from '../state/standing'
import { suggestionOf } from '../state/suggestions'

const ROW = 24

/** The context of the line as it is suggested: its trigger, what followed, how far each is labelled, and why each is in it. */
export function GroupPanel({ state, onLine }: { state: LabelState; onLine: (line: number) => void }) {
  const request = requestAt(state.log, state.cursor)
  const group = useMemo(() => groupOf(state, request), [state, request])
  const requests = group?.requests ?? []
  const scroll = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: requests.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 6 })
  const at = requests.indexOf(request)
  useLayoutEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [virtual, at])
  const first = state.log.at[state.index.firstLine[requests[0] ?? -1] ?? -1] ?? 0
  return (
    <section aria-label="Context" className="flex min-h-0 flex-1 flex-col border-t border-line">
      <h3 className="flex h-7 shrink-0 items-center gap-2 border-b border-line bg-panel px-4 text-12 text-dim">
        <b className="font-semibold">{group?.kind === 'run' ? 'Run of like lines' : 'Suggested context'}</b>
        {group ? <span className="truncate">{plural(requests.length, 'request')}, {group.open.length === 0 ? 'all labelled' : `${group.open.length} to label`}{spanText(state, requests)}</span> : <span>none</span>}
        <span className="ml-auto shrink-0"><Kbd>[</Kbd> <Kbd>]</Kbd></span>
      </h3>
      <div ref={scroll} className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} {...(group ? { role: 'listbox', 'aria-label': 'Lines of the context' } : {})}>
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const one = requests[item.index]
            if (one === undefined) return null
            const line = state.index.firstLine[one] ?? 0
            return <GroupRow key={one} log={state.log} line={line} role={roleOf(state, one)} standing={standingOf(state, one)} reason={suggestionOf(state.suggestions, one)?.origin.reason ?? ''} after={((state.log.at[line] ?? 0) - first) / 1000} start={item.start} chosen={one === request} onLine={onLine} />
          })}
        </div>
        {group ? null : <p className="px-4 py-3 text-dim">{state.assignment ? 'Contexts are not shown in a blind labelling.' : 'No context is suggested for this line.'}</p>}
      </div>
    </section>
  )
}

function spanText(state: LabelState, requests: readonly number[]): string {
  const [first, last] = [requests[0], requests.at(-1)].map((request) => state.log.at[state.index.firstLine[request ?? -1] ?? -1])
  return first === undefined || last === undefined || requests.length < 2 ? '' : `, ${formatDuration((last - first) / 1000)}`
}

interface RowProps { readonly log: LabellingLog; readonly line: number; readonly role: Role | null; readonly standing: LabelStanding; readonly reason: string; readonly after: number; readonly start: number; readonly chosen: boolean; readonly onLine: (line: number) => void }

const GroupRow = memo(function GroupRow({ log, line, role, standing, reason, after, start, chosen, onLine }: RowProps) {
  const verb = textAt(log, log.verb, line)
  const kind = [textAt(log, log.resource, line), textAt(log, log.subresource, line)].filter(Boolean).join('/')
  const code = log.code[line] ?? 0
  return (
    <div
      role="option" aria-selected={chosen} tabIndex={-1} title={reason} onMouseDown={() => onLine(line)}
      className={cn('absolute top-0 left-0 grid w-full cursor-pointer grid-cols-[4.25rem_1rem_minmax(0,1.5fr)_minmax(0,1fr)_minmax(0,1fr)_2rem_1rem] items-center gap-2 border-b border-line px-4 text-12', chosen ? 'bg-accent-bg' : 'hover:bg-hover')}
      style={{ height: ROW, transform: `translateY(${start}px)` }}
    >
      <span className="truncate text-right font-mono text-dim">+{formatDuration(after)}</span>
      {role ? <RoleMark role={role} verb={verb} label={false} /> : <span />}
      <span className="truncate font-medium">{verb} <LogText text={kind} limit={60} /></span>
      <span className="truncate"><LogText text={shortUser(textAt(log, log.user, line))} limit={60} /></span>
      <span className="truncate text-dim"><LogText text={reason} limit={120} /></span>
      <span className={cn('text-right', code >= 400 && 'font-semibold text-bad')}>{code || '–'}</span>
      <StandingMark standing={standing} />
    </div>
  )
})
