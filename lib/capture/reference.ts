import { AuditweaveError } from '@/lib/audit/errors'
import { groupOfApiVersion, isClusterScoped, resourceOfKind } from '@/lib/contexts/kinds'
import { findEntry } from '@/lib/labels/resource-table'

/** A resource of the API, and where it stands in paths. */
export interface ApiResource {
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly namespaced: boolean
}

/** What a step's text names: `deployments.apps/${web}/scale`. */
export interface ApiReference extends ApiResource {
  readonly name: string | null
  readonly subresource: string
  /** Behind a proxy subresource. */
  readonly rest: string
}

interface Hints {
  readonly version?: string | undefined
  readonly scope?: 'namespaced' | 'cluster' | undefined
}

/** The resource of a group as Kubernetes serves it, or as the hints say. */
export function apiResource(group: string, resource: string, hints: Hints = {}): ApiResource {
  const entry = findEntry(group, resource, '')
  const namespaced = hints.scope === undefined ? (entry?.namespaced ?? !isClusterScoped(resource)) : hints.scope === 'namespaced'
  return { group, version: hints.version ?? entry?.versions[0] ?? 'v1', resource, namespaced }
}

/** The resource that serves a manifest. @throws AuditweaveError 'bad-campaign' where it does not say what it is */
export function resourceOfManifest(manifest: Readonly<Record<string, unknown>>, hints: Hints = {}): ApiResource {
  const { apiVersion, kind } = manifest
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') throw new AuditweaveError('bad-campaign', 'A manifest needs an apiVersion and a kind.')
  const { resource } = resourceOfKind(kind, apiVersion)
  const group = groupOfApiVersion(apiVersion) ?? ''
  return apiResource(group, resource, { ...hints, version: apiVersion.slice(apiVersion.indexOf('/') + 1) })
}

/**
 * Reads `resource[.group][/name[/subresource[/rest]]]`, after names have been filled in.
 * @throws AuditweaveError 'bad-campaign'
 */
export function parseReference(text: string, hints: Hints = {}): ApiReference {
  const [place = '', name, subresource = '', ...rest] = text.split('/')
  const [resource = '', ...groups] = place.split('.')
  if (!/^[a-z][a-z0-9]*$/.test(resource) || name === '' || !/^[a-z]*$/.test(subresource)) {
    throw new AuditweaveError('bad-campaign', `"${text}" names no resource: write resource[.group][/name[/subresource]], such as deployments.apps/\${web}/scale.`)
  }
  return { ...apiResource(groups.join('.'), resource, hints), name: name ?? null, subresource, rest: rest.join('/') }
}

/** Path of an object or, without a name, of a collection. Parts are encoded. */
export function pathOf(at: ApiResource, { namespace, name, subresource = '', rest = '' }: { readonly namespace: string | null; readonly name: string | null; readonly subresource?: string; readonly rest?: string }): string {
  const parts = at.group === '' ? ['api', at.version] : ['apis', at.group, at.version]
  if (at.namespaced && namespace !== null) parts.push('namespaces', namespace)
  parts.push(at.resource)
  if (name !== null) parts.push(name)
  if (subresource !== '') parts.push(subresource)
  const path = `/${parts.map(encodePart).join('/')}`
  return rest === '' ? path : `${path}/${rest.split('/').map(encodePart).join('/')}`
}

// a $ stays, since ${node} is filled in when the cluster is known
function encodePart(part: string): string {
  return part === '..' || part === '.' ? encodeURIComponent(part).replaceAll('.', '%2E') : encodeURIComponent(part).replaceAll('%24%7Bnode%7D', '${node}')
}
