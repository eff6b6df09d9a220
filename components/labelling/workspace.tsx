'use client'
import { memo, useCallback, useDeferredValue, useMemo, useState, type KeyboardEvent } from 'react'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { LabelAddress } from './address'
import { ChangesPanel } from './event/changes-panel'
import { RawPanel } from './event/raw-panel'
import { GroupPanel } from './group/group-panel'
import { FilterBar } from './head/filter-bar'
import { HeadBar } from './head/head-bar'
import { StatusBar } from './head/status-bar'
import { CommentDialog } from './line/comment-dialog'
import { LabelBox } from './line/label-box'
import { LikelyList } from './line/likely-list'
import { LineHead } from './line/line-head'
import { LineList } from './list/line-list'
import { ConflictPanel } from './panels/conflict-panel'
import { RejectedPanel } from './panels/rejected-panel'
import { LabelPicker } from './picker/label-picker'
import { ProgressBar } from './progress/progress-bar'
import { progressOf } from './progress/progress-of'
import { staleLines, type LineFilter } from './state/filter'
import { requestAt } from './state/log-index'
import { targetsOf } from './state/plan-act'
import { stepContext } from './state/step-context'
import type { UserAct } from './state/user-act'
import type { LabelStore } from './sync/label-store'
import { useLabelState, useOthersChanges } from './sync/use-label-store'
import { useQueue } from './sync/use-queue'
import { useSuggestions } from './sync/use-suggestions'
import { useLabelKeys } from './use-label-keys'
import { useNowAndThen } from './use-now-and-then'
import { useWrittenAddress } from './use-address'

const stamp = (): { id: string; at: number } => ({ id: crypto.randomUUID(), at: Date.now() })

// What shows the calm state is drawn when that changes, not with every key.
const CalmHead = memo(HeadBar)
const CalmProgress = memo(ProgressBar)
const CalmFilter = memo(FilterBar)
const CalmLikely = memo(LikelyList)
const CalmChanges = memo(ChangesPanel)
const CalmGroup = memo(GroupPanel)

/** The log beside the context being labelled. */
export function Workspace({ store, first }: { store: LabelStore; first: LabelAddress }) {
  const state = useLabelState(store)
  // What a key did shows at once in the list and the line; figures and neighbours follow.
  const calm = useDeferredValue(state)
  const [view, setView] = useState(first)
  const [open, setOpen] = useState<'picker' | 'comment' | 'verbs' | null>(null)
  const suggestions = useSuggestions(store)
  const { dispatch } = store
  useOthersChanges(store)
  useQueue(store, view.queue)
  useWrittenAddress({ ...view, at: calm.log.auditIDs[requestAt(calm.log, calm.cursor)] ?? null })
  const act = useCallback((done: UserAct): void => {
    setOpen(null)
    dispatch({ type: 'act', act: done, ...stamp() })
  }, [dispatch])
  const toLine = useCallback((line: number | null): void => { if (line !== null) dispatch({ type: 'move', move: { kind: 'to', line } }) }, [dispatch])
  const filter = useCallback((next: LineFilter): void => {
    setView((now) => ({ ...now, filter: next }))
    dispatch({ type: 'filter', filter: next })
  }, [dispatch])
  const escape = (): void => {
    if (open) setOpen(null)
    else if (view.raw) setView((now) => ({ ...now, raw: false }))
    else dispatch({ type: 'clear-selection' })
  }
  useLabelKeys({
    store, act, stamp, escape, verbs: open === 'verbs',
    openPicker: () => setOpen('picker'), openComment: () => setOpen('comment'),
    toggleVerbs: () => setOpen((now) => (now === 'verbs' ? null : 'verbs')),
    toggleRaw: () => setView((now) => ({ ...now, raw: !now.raw })),
    toggleQueue: () => setView((now) => ({ ...now, queue: now.queue === null ? 'learn' : null })),
    stepContext: (by) => toLine(stepContext(store.state(), by)),
  })
  const counted = useNowAndThen(calm)
  const progress = useMemo(() => progressOf(counted), [counted])
  const stale = useMemo(() => staleLines(counted, view.filter), [counted, view.filter])
  const pickLabel = (label: ActionLabel): void => act({ kind: 'label', label })
  return (
    // Keys bubble up to here from the controls inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div role="group" aria-label="Labelling" className="flex min-h-150 flex-col md:h-[calc(100vh-3rem)]" onKeyDown={leaveToControl}>
      <CalmHead store={store} state={calm} view={view} suggestions={suggestions} onView={setView} onLine={toLine} />
      <CalmProgress progress={progress} />
      <CalmFilter filter={view.filter} shown={state.shown.length} lines={state.log.lines} stale={stale} blind={state.sample !== null} onFilter={filter} />
      <ConflictPanel state={state} onLine={toLine} onSettle={(batch, mine) => dispatch({ type: 'settle', batch, mine, ...stamp() })} />
      <RejectedPanel state={state} onDismiss={(id) => dispatch({ type: 'dismiss', id })} onInstead={(rejected) => dispatch({ type: 'instead', rejected, ...stamp() })} />
      <div className="grid min-h-0 flex-1 gap-px border-y border-line bg-line max-md:grid-rows-[24rem_auto] md:max-lg:grid-rows-[minmax(0,0.8fr)_minmax(0,1fr)] lg:grid-cols-[minmax(0,1.5fr)_minmax(26rem,1fr)]">
        <div className="flex min-h-0 min-w-0 flex-col bg-bg"><LineList store={store} state={state} /></div>
        <div className="flex min-h-0 min-w-0 flex-col gap-px bg-line md:max-lg:grid md:max-lg:grid-cols-2 md:max-lg:grid-rows-[minmax(0,1fr)]">
          <section aria-label="Line" className="flex min-h-0 min-w-0 shrink-0 flex-col bg-bg lg:h-[19.5rem] max-md:h-[19.5rem]">
            <LineHead state={state} />
            <LabelBox state={state} onAct={act} />
            <CalmLikely state={open === 'verbs' ? state : calm} verbs={open === 'verbs'} onAct={act} />
          </section>
          <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg max-md:h-96 max-md:flex-none">
            {view.raw ? <RawPanel state={calm} /> : <><CalmChanges state={calm} /><CalmGroup state={calm} onLine={toLine} /></>}
          </div>
        </div>
      </div>
      <StatusBar state={state} onTake={() => act({ kind: 'propagate' })} onLeave={() => dispatch({ type: 'withdraw-offer' })} />
      <LabelPicker state={calm} open={open === 'picker'} onOpenChange={(next) => setOpen(next ? 'picker' : null)} onPick={pickLabel} />
      <CommentDialog open={open === 'comment'} count={targetsOf(state).length} onOpenChange={(next) => setOpen(next ? 'comment' : null)} onComment={(text) => act({ kind: 'comment', text })} />
    </div>
  )
}

/** Enter and Space belong to the control that the reader has gone to by keyboard; everywhere else they label and show the JSON. */
function leaveToControl(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  const control = event.target instanceof Element ? event.target.closest('button, a, summary') : null
  if (control?.matches(':focus-visible')) event.nativeEvent.stopImmediatePropagation()
}
