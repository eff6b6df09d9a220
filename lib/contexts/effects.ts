import { isCreation } from '@/lib/contexts/creation'
import type { EventFacts } from '@/lib/contexts/facts'
import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import { familyKey } from '@/lib/contexts/object-graph'
import { applicationOf, closure } from '@/lib/contexts/search'

const MUTATING = new Set(['create', 'update', 'patch', 'delete', 'deletecollection'])
/** Creating one of these asks a question and leaves nothing behind. */
const QUESTIONS = new Set([
  'subjectaccessreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'localsubjectaccessreviews', 'tokenreviews', 'selfsubjectreviews',
])
/** Sub-resources that open a stream, pass a request on or mint a token: no controller reacts. */
const INERT = new Set(['exec', 'attach', 'portforward', 'proxy', 'log', 'token'])

export function isMutating(facts: EventFacts): boolean {
  return MUTATING.has(facts.verb)
}

/** Whether the cluster can have changed, so that something may follow. */
export function isEffective(facts: EventFacts): boolean {
  if (!isMutating(facts) || facts.dryRun || (facts.code ?? 200) >= 400) return false
  return !QUESTIONS.has(facts.resource) && !INERT.has(facts.subresource)
}

export function isRemoval(facts: EventFacts): boolean {
  return facts.verb === 'delete' || facts.verb === 'deletecollection' || facts.subresource === 'eviction'
}

/** How far up a removal is felt: pod to ReplicaSet to Deployment. */
const FELT = 2

/** Notes a trigger at objects, and a removal also at what owns them. */
export function registerAt(state: LinkerState, seeds: readonly Seed[], event: number, felt: boolean): void {
  for (const { node, depth } of closure(state, seeds, felt ? FELT : 0)) {
    if (depth === 0) state.direct.add(node, event)
    else state.below.add(node, event)
  }
}

/** Notes what a trigger changed, for later events to find. */
export function registerTrigger(state: LinkerState, event: number, own: readonly Seed[]): void {
  const facts = state.fact(event)
  if (!isEffective(facts)) return
  const removal = isRemoval(facts)
  registerAt(state, own, event, removal)
  state.noteRecent(applicationOf(state, own), event)
  for (const { name, uid } of facts.items ?? []) {
    const { group, resource, namespace } = facts
    registerAt(state, state.seeds({ relation: 'owner', group, resource, namespace, name, uid }), event, removal)
  }
  if (facts.verb === 'deletecollection' && facts.items === null) state.sweeps.set(familyKey(facts.group, facts.resource, facts.namespace), event)
  registerNamespace(state, event)
}

function registerNamespace(state: LinkerState, event: number): void {
  const facts = state.fact(event)
  if (facts.resource !== 'namespaces' || facts.name === null || facts.subresource !== '') return
  if (facts.verb === 'delete') {
    state.deletedNamespaces.set(facts.name, event)
    state.createdNamespaces.delete(facts.name)
  } else if (isCreation(facts)) {
    state.createdNamespaces.set(facts.name, event)
    state.deletedNamespaces.delete(facts.name)
  }
}
