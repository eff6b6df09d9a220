'use client'
import { memo, useCallback, useMemo, type ReactNode } from 'react'
import { effectsOf } from '@/lib/contexts/view/effects'
import { openPicture, type OpenPicture } from '@/lib/contexts/view/open-picture'
import type { ContextPicture } from '@/lib/contexts/view/picture'
import { useKey } from '@/components/keys/use-key'
import { Notice } from '@/components/ui/notice'
import { cn } from '@/components/ui/cn'
import { Kbd } from '@/components/ui/kbd'
import { ActionBar } from './action-bar'
import { ChangesPanel } from './changes-panel'
import { ContextHead } from './context-head'
import { EffectsTree } from './effects-tree'
import { EventDetail } from './event-detail'
import { EventsList } from './events-list'
import { GraphPanel } from './graph-panel'
import type { ContextActions, ContextSource } from './source'
import { Timeline } from './timeline'
import { TABS, type ChangeState, type Tab, type ViewState } from './view-state'

const NO_ACTIONS: ContextActions = {}
const NAMES: Readonly<Record<Tab, string>> = { timeline: 'Timeline', effects: 'Effects', changes: 'Changes', graph: 'Graph', events: 'Events' }
const KEYS = 'Context'

/** Neither changes while the timeline is panned and zoomed. */
const Tree = memo(EffectsTree)
const Head = memo(ContextHead)

interface Props {
  readonly picture: ContextPicture
  readonly state: ViewState
  readonly change: ChangeState
  /** Without a source events are shown as far as the picture tells them. */
  readonly source?: ContextSource
  readonly actions?: ContextActions
  /** The way back, above the sentence. */
  readonly crumb?: ReactNode
}

/** One context: the sentence, the timeline by actor, effects by cause, changes, graph and events, with the chosen event beside them. */
export function ContextView({ picture, state, change, source, actions = NO_ACTIONS, crumb }: Props) {
  const open = useMemo(() => openPicture(picture), [picture])
  const effects = useMemo(() => effectsOf(open), [open])
  const chosen = open.find(state.event)
  const choose = useCallback((request: number): void => change((now) => ({ ...now, event: request < 0 ? null : open.auditID(request) })), [open, change])
  useEventKeys(open, chosen, choose)
  const shown = { picture: open, effects, chosen, choose, state, change }
  return (
    <div className="grid min-h-0 lg:h-[calc(100dvh-3rem)] lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="min-w-0 overflow-y-auto px-4 pt-4 pb-10 lg:px-6" tabIndex={-1}>
        {crumb}
        <Head picture={open} />
        <ActionBar picture={open} chosen={chosen} actions={actions} />
        {open.context.omitted > 0 ? <Notice tone="warn" className="mb-3">{open.context.omitted.toLocaleString('en')} later lines of this context are not shown: it is larger than one page carries. Exports hold all of them.</Notice> : null}
        <Tabs tab={state.tab} onTab={(tab) => change((now) => ({ ...now, tab }), true)} />
        <div role="tabpanel" id="context-panel" aria-labelledby={`tab-${state.tab}`}>
          {state.tab === 'timeline' ? <><Timeline {...shown} /><Tree picture={open} effects={effects} chosen={chosen} choose={choose} height={360} /></> : null}
          {state.tab === 'effects' ? <Tree picture={open} effects={effects} chosen={chosen} choose={choose} height={640} /> : null}
          {state.tab === 'changes' ? <ChangesPanel {...shown} source={source} /> : null}
          {state.tab === 'graph' ? <GraphPanel {...shown} /> : null}
          {state.tab === 'events' ? <EventsList {...shown} /> : null}
        </div>
      </div>
      <EventDetail {...shown} chosen={chosen < 0 ? open.trigger : chosen} source={source} actions={actions} />
    </div>
  )
}

/** What every part of the view is given. */
export interface Shown {
  readonly picture: OpenPicture
  readonly effects: ReturnType<typeof effectsOf>
  /** The chosen request, -1 for none. */
  readonly chosen: number
  readonly choose: (request: number) => void
  readonly state: ViewState
  readonly change: ChangeState
}

function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  TABS.forEach((name, index) => {
    // The tabs never change in number, so that the hooks stay in order.
    // oxlint-disable-next-line react-hooks/rules-of-hooks
    useKey(String(index + 1), NAMES[name], KEYS, () => onTab(name))
  })
  const step = (by: number): void => {
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? tab
    onTab(next)
    document.getElementById(`tab-${next}`)?.focus()
  }
  return (
    <div role="tablist" tabIndex={-1} aria-label="Views of the context" className="mb-3 flex flex-wrap gap-x-5 border-b border-line" onKeyDown={(event) => {
      if (event.key === 'ArrowRight') step(1)
      if (event.key === 'ArrowLeft') step(-1)
    }}>
      {TABS.map((name, index) => (
        <button key={name} id={`tab-${name}`} type="button" role="tab" aria-selected={tab === name} aria-controls="context-panel" tabIndex={tab === name ? 0 : -1} onClick={() => onTab(name)} className={cn('-mb-px flex items-center gap-1.5 border-b-2 py-1.5', tab === name ? 'border-accent text-ink' : 'border-transparent text-dim hover:text-ink')}>
          {NAMES[name]} <Kbd>{index + 1}</Kbd>
        </button>
      ))}
    </div>
  )
}

/** j and k go through the events in order of time, whatever is shown. */
function useEventKeys(picture: OpenPicture, chosen: number, choose: (request: number) => void): void {
  const step = (by: number): void => choose(chosen < 0 ? Math.max(0, picture.trigger) : Math.min(picture.requests - 1, Math.max(0, chosen + by)))
  useKey('j', 'Next event', KEYS, () => step(1))
  useKey('k', 'Event before', KEYS, () => step(-1))
  useKey('Escape', 'Choose no event', KEYS, () => choose(-1), { enabled: chosen >= 0 })
}
