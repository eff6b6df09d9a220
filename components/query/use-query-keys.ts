'use client'
import { useKey } from '@/components/keys/use-key'
import { TABS, type Tab } from './query-state'

interface Acts {
  readonly count: number
  readonly active: number
  readonly onActive: (row: number) => void
  readonly onOpen: (row: number) => void
  readonly onRun: () => void
  readonly onFix: () => void
  readonly onFormat: () => void
  readonly onFocus: () => void
  readonly onSave: () => void
  readonly onWatch: () => void
  readonly onTab: (tab: Tab) => void
}

/** The keys of the room; within the editor those with Ctrl or Alt are the editor's own and do the same. */
export function useQueryKeys(acts: Acts): void {
  const { count, active, onActive } = acts
  const to = (row: number) => (): void => { if (count > 0) onActive(Math.max(0, Math.min(count - 1, row))) }
  useKey('mod+Enter', 'Run the query', 'Query', acts.onRun, { always: true })
  useKey('mod+.', 'Take the suggestion of an error', 'Query', acts.onFix, { always: true })
  useKey('alt+shift+f', 'Write the query neatly', 'Query', acts.onFormat, { always: true })
  useKey('e', 'Edit the query (Esc leaves it)', 'Query', acts.onFocus)
  useKey('/', 'Edit the query', 'Query', acts.onFocus)
  useKey('s', 'Save the query', 'Query', acts.onSave)
  useKey('w', 'Watch the query', 'Query', acts.onWatch)
  useKey('j', 'Next answer', 'Query', to(active + 1))
  useKey('k', 'Previous answer', 'Query', to(active - 1))
  useKey('ArrowDown', 'Next answer', 'Query', to(active + 1))
  useKey('ArrowUp', 'Previous answer', 'Query', to(active - 1))
  useKey('PageDown', 'Twenty answers on', 'Query', to(active + 20))
  useKey('PageUp', 'Twenty answers back', 'Query', to(active - 20))
  useKey('Enter', 'Open the context', 'Query', () => acts.onOpen(active), { enabled: active >= 0 })
  useTabKeys(acts.onTab)
}

const NAMES: Readonly<Record<Tab, string>> = { facets: 'Facets of the answers', plan: 'The plan', saved: 'Saved queries', history: 'What was asked', examples: 'Examples' }

function useTabKeys(onTab: (tab: Tab) => void): void {
  const [facets, plan, saved, history, examples] = TABS
  useKey('1', NAMES[facets], 'Query', () => onTab(facets))
  useKey('2', NAMES[plan], 'Query', () => onTab(plan))
  useKey('3', NAMES[saved], 'Query', () => onTab(saved))
  useKey('4', NAMES[history], 'Query', () => onTab(history))
  useKey('5', NAMES[examples], 'Query', () => onTab(examples))
}
