import type { Holdout } from './linked-run'
import type { TruthById } from './linked-target'
import type { LineFacts, TrainingTable } from './training-table'

/** A set of contexts to hold out, by what their triggers have in common. */
export interface NamedHoldout {
  readonly kind: 'user' | 'namespace'
  readonly name: string
  /** Contexts of more than one line. */
  readonly contexts: number
  readonly holds: Holdout
}

/** The users, or namespaces, whose contexts have the most lines, so that each can be held out in turn; those with few lines tell nothing. */
export function holdoutsOf(table: TrainingTable, truth: TruthById, kind: NamedHoldout['kind'], most: number): NamedHoldout[] {
  const value = (facts: LineFacts): string => (kind === 'user' ? facts.user : facts.namespace)
  const ownerOf = new Map<string, string>()
  for (const facts of table.events) {
    const known = truth.get(facts.auditID)
    if (known?.role === 'trigger' && known.context !== null && value(facts) !== '') ownerOf.set(known.context, value(facts))
  }
  const lines = new Map<string, number>()
  const contexts = new Map<string, Set<string>>()
  for (const facts of table.events) {
    const known = truth.get(facts.auditID)
    const owner = known?.role === 'consequence' && known.context !== null ? ownerOf.get(known.context) : undefined
    if (owner === undefined || !known?.context) continue
    lines.set(owner, (lines.get(owner) ?? 0) + 1)
    contexts.set(owner, (contexts.get(owner) ?? new Set()).add(known.context))
  }
  return [...lines].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most)
    .map(([name]) => ({ kind, name, contexts: contexts.get(name)?.size ?? 0, holds: (trigger) => value(trigger) === name }))
}
