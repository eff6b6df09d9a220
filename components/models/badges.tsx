import type { ModelCard } from './model-card'

export function DefaultBadge() {
  return <span className="rounded-sm bg-accent-bg px-1.5 py-0.5 text-12 font-medium text-accent">default</span>
}

/** Drafts are the rule, so that they go without a word. */
export function StateBadge({ state }: { state: ModelCard['state'] }) {
  return state === 'draft' ? null : <span className="rounded-sm border border-line px-1.5 py-0.5 text-12 text-dim">{state}</span>
}
