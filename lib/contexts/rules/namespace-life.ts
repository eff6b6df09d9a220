import { isApiServer, isNode } from '@/lib/contexts/actors'
import type { Rule, View } from '@/lib/contexts/rules/rule'

/** Service account and root certificate controllers fill a new namespace at once. */
const FILLED_WITHIN_MICROS = 3_000_000
const FILLING = new Set(['serviceaccounts', 'configmaps', 'namespaces'])
/** What every namespace is given, however long a busy controller takes. */
const GIVEN = new Set(['serviceaccounts default', 'configmaps kube-root-ca.crt'])
const GIVEN_WITHIN_MICROS = 60_000_000

export function namespaceOf({ facts }: View): string {
  return facts.resource === 'namespaces' ? facts.name ?? '' : facts.namespace
}

/** Once a namespace is deleted, its controller empties it, and everything that still happens inside is that deletion's. */
export const namespaceDeletion: Rule = {
  id: 'namespace-deletion',
  because: 'the namespace controller lists and deletes all that a deleted namespace holds',
  mode: 'rival',
  applies: (view) => view.state.deletedNamespaces.has(namespaceOf(view)) && !(view.facts.resource === 'namespaces' && isApiServer(view.facts.user)),
  propose: (view) => {
    const name = namespaceOf(view)
    const trigger = view.state.deletedNamespaces.get(name)
    if (trigger === undefined) return null
    return { trigger, rule: 'namespace-deletion', node: view.state.graph.ofName('', 'namespaces', '', name), score: 0.95 }
  },
}

function patience({ facts }: View): number {
  return facts.verb === 'create' && GIVEN.has(`${facts.resource} ${facts.name ?? ''}`) ? GIVEN_WITHIN_MICROS : FILLED_WITHIN_MICROS
}

/** A new namespace is given its default service account and the cluster's root certificate. */
export const namespaceCreation: Rule = {
  id: 'namespace-creation',
  because: 'controllers create the default ServiceAccount and kube-root-ca.crt in every new namespace',
  mode: 'fallback',
  applies: (view) => FILLING.has(view.facts.resource) && !isApiServer(view.facts.user) && !isNode(view.facts.user) && view.state.createdNamespaces.has(namespaceOf(view)),
  propose: (view) => {
    const name = namespaceOf(view)
    const trigger = view.state.createdNamespaces.get(name)
    if (trigger === undefined || view.state.elapsed(trigger, view.index) > patience(view)) return null
    return { trigger, rule: 'namespace-creation', node: view.state.graph.ofName('', 'namespaces', '', name), score: 0.9 }
  },
}
