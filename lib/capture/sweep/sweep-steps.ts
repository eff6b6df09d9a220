import type { Step, Sweep } from '../campaign'
import { minimalBody, wordFor } from './minimal-body'
import type { ServedResource } from './served'

/** Groups of which reads alone already disturb, or that answer for the whole cluster's metrics. */
const NEVER = new Set(['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io', 'internal.apiserver.k8s.io', 'apiregistration.k8s.io'])
const ALL: NonNullable<Sweep['verbs']> = ['list', 'create', 'get', 'watch', 'patch', 'delete', 'deletecollection']

/**
 * The steps of a sweep: for every served resource what it can do, on objects of the sweep's own. A kind whose minimal body is not known is read,
 * and is asked for objects that are not there, which the API server refuses and logs under the same label.
 */
export function sweepSteps({ verbs = ALL, only, leaveOut = [] }: Sweep, served: readonly ServedResource[]): Step[] {
  const steps: Step[] = []
  for (const resource of served) {
    if (NEVER.has(resource.group) || leaveOut.includes(resource.group) || (only && !only.includes(resource.group))) continue
    steps.push(...(resource.subresource === '' ? wholeResource(resource) : subresource(resource)).filter((step) => verbs.some((verb) => verb in step)))
  }
  return steps
}

function wholeResource(at: ServedResource): Step[] {
  const can = (verb: string): boolean => at.verbs.includes(verb)
  const place = { version: at.version, scope: at.namespaced ? 'namespaced' as const : 'cluster' as const }
  const text = at.group === '' ? at.resource : `${at.resource}.${at.group}`
  const body = minimalBody(at.group, at.resource, `${at.group === '' ? '' : `${at.group}/`}${at.version}`)
  const name = body?.name ?? `\${${wordFor(at.resource)}}`
  const there = body ? {} : { expect: [404, 405, 422] }
  const steps: Step[] = []
  if (can('list')) steps.push({ list: text, ...place, query: { limit: 20 } })
  if (can('list') && at.namespaced && at.resource !== 'secrets') steps.push({ list: text, ...place, everywhere: true, query: { limit: 20 } })
  if (can('create') && body) steps.push({ create: body.manifest, ...place, expect: [200, 201] })
  if (body?.forgotten) return steps
  if (can('get')) steps.push({ get: `${text}/${name}`, ...place, ...there })
  if (can('watch') && at.namespaced) steps.push({ watch: text, ...place })
  if (can('patch')) steps.push({ patch: `${text}/${name}`, ...place, with: { metadata: { annotations: { note: 'swept' } } }, ...there })
  if (can('delete')) steps.push({ delete: `${text}/${name}`, ...place, ...there })
  if (can('deletecollection') && at.namespaced) steps.push({ deletecollection: text, ...place, query: { labelSelector: 'auditweave/campaign=${id}' } })
  return steps
}

/** Sub-resources are read where they can be read without opening a stream. */
function subresource(at: ServedResource): Step[] {
  if (!['status', 'scale'].includes(at.subresource) || !at.verbs.includes('get')) return []
  const text = at.group === '' ? at.resource : `${at.resource}.${at.group}`
  return [{ get: `${text}/\${${wordFor(at.resource)}}/${at.subresource}`, version: at.version, scope: at.namespaced ? 'namespaced' : 'cluster', expect: [200, 404, 405] }]
}
