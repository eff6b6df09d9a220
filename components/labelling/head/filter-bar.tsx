'use client'
import { Flag, RefreshCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ROLES, type LabelStanding, type Role } from '@/lib/labelling/types'
import { formatCount } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { RoleMark } from '@/components/playground/role-mark'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Tip } from '@/components/ui/tip'
import { STANDINGS } from '../address'
import { StandingMark } from '../list/standing-mark'
import type { LineFilter } from '../state/filter'

const TYPING_MS = 200

interface Props { filter: LineFilter; shown: number; lines: number; stale: number; blind: boolean; onFilter: (filter: LineFilter) => void }

const toggled = <T,>(list: readonly T[], one: T): T[] => (list.includes(one) ? list.filter((other) => other !== one) : [...list, one])

/** What narrows the list: words, standings, roles, flags. Lines stay while they are labelled; a button asks anew. */
export function FilterBar({ filter, shown, lines, stale, blind, onFilter }: Props) {
  const input = useRef<HTMLInputElement>(null)
  useKey('/', 'Filter', 'Labelling', () => input.current?.focus())
  const chip = (pressed: boolean): string => (pressed ? 'border-accent bg-accent-bg' : 'text-dim')
  return (
    <div role="search" aria-label="Filter" className="flex min-h-9 shrink-0 flex-wrap items-center gap-1.5 border-t border-line bg-panel px-4 py-1">
      <QueryField key={filter.q} input={input} q={filter.q} onQuery={(q) => onFilter({ ...filter, q })} />
      <div role="group" aria-label="Standing" className="flex gap-1">
        {STANDINGS.map((standing: LabelStanding) => <Tip key={standing} label={`Only ${standing}`}><Button size="sm" aria-label={standing} aria-pressed={filter.standings.includes(standing)} className={chip(filter.standings.includes(standing))} onClick={() => onFilter({ ...filter, standings: toggled(filter.standings, standing) })}><StandingMark standing={standing} word /></Button></Tip>)}
      </div>
      <div role="group" aria-label="Role" className="flex gap-1">
        {ROLES.map((role: Role) => <Tip key={role} label={`Only ${role}`}><Button size="sm" aria-label={role} aria-pressed={filter.roles.includes(role)} className={chip(filter.roles.includes(role))} onClick={() => onFilter({ ...filter, roles: toggled(filter.roles, role) })}><RoleMark role={role} verb={null} label={false} /></Button></Tip>)}
      </div>
      <Tip label="Only flagged"><Button size="sm" aria-label="Flagged" aria-pressed={filter.flagged} className={chip(filter.flagged)} onClick={() => onFilter({ ...filter, flagged: !filter.flagged })}><Flag /></Button></Tip>
      {blind ? <Button size="sm" aria-pressed={filter.around} className={chip(filter.around)} onClick={() => onFilter({ ...filter, around: !filter.around })}>Lines around the sample</Button> : null}
      <span role="status" className="ml-auto text-12 text-dim">{shown === lines ? `${formatCount(lines)} lines` : `${formatCount(shown)} of ${formatCount(lines)} lines`}</span>
      {stale > 0 ? <Button size="sm" onClick={() => onFilter({ ...filter })}><RefreshCw />{formatCount(stale)} no longer match</Button> : null}
    </div>
  )
}

/** Words that a line holds; the list follows a moment after typing. */
function QueryField({ input, q, onQuery }: { input: React.RefObject<HTMLInputElement | null>; q: string; onQuery: (q: string) => void }) {
  const [text, setText] = useState(q)
  const typed = useRef(false)
  useEffect(() => {
    if (!typed.current || text === q) return undefined
    const timer = setTimeout(() => onQuery(text), TYPING_MS)
    return () => clearTimeout(timer)
    // A new function with every drawing is no reason to ask again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [text, q])
  return (
    <span className="relative">
      <Input
        ref={input} aria-label="Filter lines" placeholder="user, object, verb, label, code" className="h-7 w-60 pr-8 text-12" value={text}
        onChange={(event) => { typed.current = true; setText(event.target.value) }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return
          event.preventDefault()
          if (text !== q) onQuery(text)
          event.currentTarget.blur()
        }}
      />
      <Kbd className="absolute top-1 right-1.5">/</Kbd>
    </span>
  )
}
