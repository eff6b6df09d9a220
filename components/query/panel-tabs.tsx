'use client'
import { Tabs } from 'radix-ui'
import { ExamplesPanel } from './examples-panel'
import { FacetsPanel } from './facets-panel'
import { HistoryPanel } from './history-panel'
import type { LogChoice } from './log-choices'
import { PlanPanel } from './plan-panel'
import { TABS, type QueryState, type Tab } from './query-state'
import { SavedPanel } from './saved-panel'
import type { Answers } from './use-answers'
import type { useSaved } from './use-saved'

const TITLES: Readonly<Record<Tab, string>> = { facets: 'Facets', plan: 'Plan', saved: 'Saved', history: 'History', examples: 'Examples' }

interface Props {
  readonly logs: readonly LogChoice[]
  readonly state: QueryState
  readonly answers: Answers
  readonly saving: ReturnType<typeof useSaved>
  readonly done: (text: string, undo: () => void) => void
  readonly text: string
  readonly onTab: (tab: Tab) => void
  readonly onAsk: (text: string) => void
  readonly onTest: (test: string) => void
  readonly onSave: () => void
}

/** What stands beside the answers: one of five, each by its number. */
export function PanelTabs({ logs, state, answers, saving, done, text, onTab, onAsk, onTest, onSave }: Props) {
  const panel = (tab: Tab) => {
    switch (tab) {
      case 'facets': return <FacetsPanel facets={answers.facets} matched={answers.matched} onTest={onTest} />
      case 'plan': return <PlanPanel plan={answers.plan} seconds={answers.seconds} linked={answers.linked} />
      case 'saved': return <SavedPanel saving={saving} text={text} onAsk={onAsk} onSave={onSave} />
      case 'history': return <HistoryPanel logs={logs} onAsk={onAsk} done={done} />
      case 'examples': return <ExamplesPanel onAsk={onAsk} />
    }
  }
  return (
    <Tabs.Root value={state.tab} onValueChange={(value) => onTab(TABS.find((tab) => tab === value) ?? 'facets')} className="min-w-0">
      <Tabs.List aria-label="Beside the answers" className="mb-3 flex border-b border-line">
        {TABS.map((tab, at) => <Tabs.Trigger key={tab} value={tab} title={`${TITLES[tab]} (${at + 1})`} className="-mb-px h-8 flex-1 border-b-2 border-transparent px-1 text-12 text-dim hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink">{TITLES[tab]}</Tabs.Trigger>)}
      </Tabs.List>
      {TABS.map((tab) => <Tabs.Content key={tab} value={tab} className="lg:max-h-[calc(100vh-11rem)] lg:overflow-y-auto lg:pr-1">{panel(tab)}</Tabs.Content>)}
    </Tabs.Root>
  )
}
