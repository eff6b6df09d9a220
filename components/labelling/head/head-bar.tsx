'use client'
import { BrainCircuit, Redo2, Undo2, Wand2 } from 'lucide-react'
import Link from 'next/link'
import type { Dispatch, SetStateAction } from 'react'
import { LogText } from '@/components/format/log-text'
import { Button } from '@/components/ui/button'
import { Tip } from '@/components/ui/tip'
import type { LabelAddress, PanelName } from '../address'
import { LearningPanel } from '../panels/learning-panel'
import { RulesPanel } from '../panels/rules-panel'
import type { LabelState } from '../state/model'
import type { LabelStore } from '../sync/label-store'
import type { SuggestionsState } from '../sync/use-suggestions'
import { useSaveState } from '../sync/use-label-store'
import { AnnotatorMenu } from './annotator-menu'
import { SaveMark } from './save-mark'
import { SuggestionsMark } from './suggestions-mark'

interface Props { store: LabelStore; state: LabelState; view: LabelAddress; suggestions: SuggestionsState; onView: Dispatch<SetStateAction<LabelAddress>>; onLine: (line: number) => void }

/** The data set, whether all is saved, where suggestions come from, and what else can be done here. */
export function HeadBar({ store, state, view, suggestions, onView, onLine }: Props) {
  const saving = useSaveState(store)
  const panel = (name: PanelName | null): void => onView((now) => ({ ...now, panel: name }))
  const stamp = () => ({ id: crypto.randomUUID(), at: Date.now() })
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
      <h1 className="text-16"><span className="sr-only">Label </span><Link href={`/datasets/${state.log.dataset.id}`} className="hover:underline"><LogText text={state.log.dataset.name} limit={60} /></Link></h1>
      {state.assignment ? <span className="rounded-sm border border-warn px-1.5 text-12 text-warn">blind second labelling</span> : <SuggestionsMark suggestions={suggestions} columns={state.suggestions?.columns ?? null} />}
      <span className="flex-1" />
      <SaveMark saving={saving} onRetry={store.retry} />
      <span className="flex">
        <Tip label={state.undo[0] ? `Undo: ${state.undo[0].title}` : 'Nothing to undo'} keys="Ctrl Z"><Button size="icon" tone="quiet" aria-label="Undo" disabled={state.undo.length === 0} onClick={() => store.dispatch({ type: 'undo', ...stamp() })}><Undo2 /></Button></Tip>
        <Tip label={state.redo[0] ? `Redo: ${state.redo[0].title}` : 'Nothing to redo'} keys="Ctrl Shift Z"><Button size="icon" tone="quiet" aria-label="Redo" disabled={state.redo.length === 0} onClick={() => store.dispatch({ type: 'redo', ...stamp() })}><Redo2 /></Button></Tip>
      </span>
      <Tip label="Lines in the order that the model learns most from" keys="a"><Button size="sm" aria-pressed={view.queue !== null} className={view.queue ? 'border-accent bg-accent-bg' : ''} onClick={() => onView((now) => ({ ...now, queue: now.queue === null ? 'learn' : null }))}><BrainCircuit />{view.queue === 'sample' ? 'Held-back sample' : 'Learn most first'}</Button></Tip>
      {state.assignment || state.annotator?.role === 'annotator' ? null : (
        <>
          <Button size="sm" aria-pressed={view.panel === 'rules'} onClick={() => panel('rules')}><Wand2 />Rules</Button>
          <Button size="sm" aria-pressed={view.panel === 'learning'} onClick={() => panel('learning')}>Learning curve</Button>
          <RulesPanel open={view.panel === 'rules'} store={store} onOpenChange={(open) => panel(open ? 'rules' : null)} onLine={onLine} onReview={() => { panel(null); onView((now) => ({ ...now, filter: { ...now.filter, standings: ['automatic'] } })); store.dispatch({ type: 'filter', filter: { ...view.filter, standings: ['automatic'] } }) }} />
          <LearningPanel open={view.panel === 'learning'} dataset={state.log.dataset.id} onOpenChange={(open) => panel(open ? 'learning' : null)} onSample={() => onView((now) => ({ ...now, queue: 'sample' }))} />
        </>
      )}
      <AnnotatorMenu store={store} annotator={state.annotator} dataset={state.log.dataset.id} />
    </header>
  )
}
