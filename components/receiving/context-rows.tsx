'use client'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import type { LiveContextLine } from '@/lib/live/live-state'
import type { Alert } from '@/lib/live/watch'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { RoleMark } from '@/components/playground/role-mark'
import { SeverityMark } from './severity-mark'

/** Contexts as they grow, the newest first. A reader who has scrolled stays where he is: the browser holds on to what he sees. */
export function ContextRows({ contexts, alerts, chosen, onChoose }: { contexts: readonly LiveContextLine[]; alerts: ReadonlyMap<string, Alert>; chosen: string | null; onChoose: (id: string) => void }) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (chosen !== null) list.current?.querySelector(`[data-context="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <ul ref={list} aria-label="Contexts" className="h-[32rem] overflow-y-auto rounded-md border border-line" tabIndex={0}>
      {contexts.map((context) => {
        const alert = alerts.get(context.id)
        return (
          <li key={context.id} data-context={context.id} className={`border-b border-line ${context.id === chosen ? 'bg-accent-bg' : ''}`}>
            <Link prefetch={false} href={`/live/${context.id}`} onFocus={() => onChoose(context.id)} className="grid h-14 grid-cols-[5.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-3 hover:bg-hover">
              <span className="font-mono text-12 text-dim">{context.first?.slice(11, 19) ?? '–'}</span>
              <span className="min-w-0">
                <span className="flex items-center gap-1.5"><RoleMark role="trigger" verb={context.trigger.verb} label={false} /><span className="truncate"><LogText text={context.sentence} limit={220} /></span></span>
                <span className="block truncate text-12 text-dim">{Object.entries(context.verbs).map(([verb, count]) => `${count} ${verb}`).join(', ')}{context.code !== null && context.code >= 400 ? ` · refused with ${context.code}` : ''}{context.closed ? ' · closed' : ''}</span>
              </span>
              <span className="flex items-center gap-3 text-right text-12">{alert ? <SeverityMark severity={alert.severity} /> : null}<span className="w-20 text-dim">{plural(context.events, 'request')}</span></span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
