import { RESOURCE_TABLE } from '@/lib/labels/resource-table'
import type { ApiResource } from '../reference'

/** A resource as discovery describes it. */
export interface ServedResource extends ApiResource {
  readonly kind: string | null
  /** '' for the resource itself. */
  readonly subresource: string
  readonly verbs: readonly string[]
}

/** What Kubernetes serves by itself, for a plan that is made without asking a cluster: only stable versions, as they are on by default. */
export function resourcesByTable(): readonly ServedResource[] {
  return RESOURCE_TABLE.filter(({ versions, paperVersion }) => paperVersion !== 'noversion' && /^v\d+$/.test(versions[0] ?? ''))
    .map(({ group, versions, resource, subresource, namespaced, verbs }) => ({ group, version: versions[0] ?? 'v1', resource, subresource, namespaced, verbs, kind: null }))
}
