import type { JsonObject } from '@/lib/audit/event'
import { asObject, asText, asTexts, isObject } from '@/lib/audit/json'
import type { Cluster } from '../cluster/cluster.node.ts'
import type { ServedResource } from '../sweep/served'

const MOST_GROUPS = 500
const MOST_RESOURCES = 2000
const NAME = /^[a-z0-9][a-z0-9.-]{0,252}$/

/** Everything that a cluster serves, each group in the version that it prefers. What is not as discovery writes it is passed over. */
export async function discover(cluster: Cluster, signal: AbortSignal): Promise<ServedResource[]> {
  const groups = [{ group: '', version: 'v1', path: '/api/v1' }]
  const { body } = await cluster.send({ method: 'GET', path: '/apis' }, signal)
  for (const item of listOf(body, 'groups').slice(0, MOST_GROUPS)) {
    const [group, version] = [asText(item.name), asText(asObject(item.preferredVersion)?.version)]
    if (group && version && NAME.test(group) && NAME.test(version)) groups.push({ group, version, path: `/apis/${group}/${version}` })
  }
  const served: ServedResource[] = []
  for (const { group, version, path } of groups) {
    const answer = await cluster.send({ method: 'GET', path }, signal)
    for (const item of listOf(answer.body, 'resources')) {
      const found = resourceOf(item, group, version)
      if (found && served.length < MOST_RESOURCES) served.push(found)
    }
  }
  return served
}

function resourceOf(item: JsonObject, group: string, version: string): ServedResource | null {
  const [resource = '', subresource = '', more] = (asText(item.name) ?? '').split('/')
  if (!/^[a-z][a-z0-9]{0,100}$/.test(resource) || !/^[a-z]{0,50}$/.test(subresource) || more !== undefined) return null
  return { group, version, resource, subresource, namespaced: item.namespaced === true, kind: asText(item.kind), verbs: asTexts(item.verbs) }
}

function listOf(body: JsonObject | null, field: string): JsonObject[] {
  const list = body?.[field]
  return Array.isArray(list) ? list.filter(isObject) : []
}
