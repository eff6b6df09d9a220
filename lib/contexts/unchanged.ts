import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import { serviceAccountOf } from '@/lib/labels/external-user'

const WRITE_BACK = new Set(['update', 'patch'])

/**
 * Whether a reconciler wrote back what was already there: the API server then keeps the object's resourceVersion and tells no watcher, so that
 * nothing can follow. Operators and GitOps agents do so all the time. A person's command is taken at its word.
 * Notes the version for the next write.
 */
export function isUnchanged(state: LinkerState, event: number, own: readonly Seed[]): boolean {
  const { version, verb, user, code } = state.fact(event)
  const node = own[own.length - 1]?.node
  if (version === null || node === undefined) return false
  const known = state.versions.get(node)
  state.versions.set(node, version)
  return known === version && WRITE_BACK.has(verb) && code === 200 && serviceAccountOf(user) !== null
}
