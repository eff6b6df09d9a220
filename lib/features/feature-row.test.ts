import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { RESOURCE_VERBS, VERB_CLASS_IDS, verbClass } from '@/lib/labels/verbs'
import { FEATURE_CATALOGUE, PAPER_FEATURES } from './catalogue'
import { featureRow } from './feature-row'

/** Breadth-first flattening as the reference describes it: keys joined by dots, items as [i], leaves alone. */
function flatten(root: JsonObject): Map<string, JsonValue> {
  const flat = new Map<string, JsonValue>()
  const queue: [string, JsonValue | undefined][] = [['', root]]
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [path, value] = next
    if (Array.isArray(value)) value.forEach((item, i) => queue.push([`${path}[${i}]`, item]))
    else if (value !== null && typeof value === 'object') for (const [key, item] of Object.entries(value)) queue.push([path === '' ? key : `${path}.${key}`, item])
    else flat.set(path, value ?? null)
  }
  return flat
}

function agentParts(text: string): JsonObject {
  const parts = text.split(' ')
  const [tool, ...version] = (parts[0] ?? '').split('/')
  const wrongPlatform = parts.length > 1 && parts[1]?.split('/').length !== 2
  if (version.length === 0 || wrongPlatform) return { tool: null, version: null, extra: null }
  const third = parts.length === 3 ? (parts[2] ?? '').split('/') : []
  return { tool: tool ?? null, version: version.join('/'), extra: third.length === 3 ? (third[2] ?? null) : null }
}

/** The reference's pipeline, step by step: flatten, transform, flatten again, keep the list. */
function literalRow(raw: JsonObject): (string | null)[] {
  const flat = flatten(raw)
  for (const key of ['objectRef.namespace', 'responseObject.metadata.namespace', 'responseObject.involvedObject.namespace']) {
    const value = flat.get(key)
    if (value !== undefined && value !== null) flat.set(key, value === '' ? 0 : 1)
  }
  const verb = flat.get('verb')
  const known = typeof verb === 'string' ? verbClass(verb) : null
  if (known !== null) flat.set('verb', VERB_CLASS_IDS[known])
  const nested: JsonObject = Object.fromEntries(flat)
  if (typeof nested['userAgent'] === 'string') nested['userAgent'] = agentParts(nested['userAgent'])
  const again = flatten(nested)
  return [...PAPER_FEATURES].sort().map((name) => {
    const value = again.get(name)
    return value === undefined || value === null ? null : String(value)
  })
}

const word = fc.constantFrom('', 'a', 'b', 'Pod', 'v1')
const scalar = fc.oneof(word, fc.integer({ min: -3, max: 300 }), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }))
const key = fc.constantFrom('kind', 'apiVersion', 'metadata', 'namespace', 'ownerReferences', 'controller', 'blockOwnerDeletion', 'spec', 'volumeMode', 'volumeBindingMode', 'involvedObject', 'resource', 'subresource', 'reason', 'count', 'type', 'reportingComponent', 'source', 'component', 'other')
const { body } = fc.letrec<{ body: JsonValue; object: JsonObject }>((tie) => ({
  object: fc.dictionary(key, tie('body'), { maxKeys: 8 }).map((entries) => ({ ...entries })),
  body: fc.oneof({ maxDepth: 5 }, scalar, tie('object'), tie('object'), fc.array(tie('body'), { maxLength: 2 })),
}))
const agent = fc.oneof(fc.string(), fc.constantFrom('tool/v1', 'tool', 'tool/v1 (linux/amd64)', 'tool/v1 (linux/amd64) k/h', 'tool/a/b (linux/amd64) k/h/extra', 'tool/v1 (linux/amd64) k/h/extra x', 'tool/v1 (X11; Linux)'))
// The API server leaves empty fields of objectRef out, and reading takes empty text for absent.
const name = fc.constantFrom('pods', 'status', 'n')
const rawEvent = fc.record(
  {
    verb: fc.constantFrom(...RESOURCE_VERBS, 'connect'),
    userAgent: agent,
    user: fc.record({ username: fc.string(), groups: fc.array(fc.string(), { maxLength: 4 }) }, { requiredKeys: [] }),
    objectRef: fc.record({ resource: name, namespace: name, name, subresource: name, apiGroup: fc.constantFrom('apps', 'batch') }, { requiredKeys: [] }),
    responseStatus: fc.record({ code: fc.integer({ min: 100, max: 599 }) }),
    annotations: fc.dictionary(fc.constantFrom('authorization.k8s.io/decision', 'other'), word),
    requestObject: body,
    responseObject: body,
  },
  { requiredKeys: [] },
)

describe('featureRow', () => {
  it('is what flattening gives, on any event', () => {
    fc.assert(fc.property(rawEvent, (raw) => {
      const json: JsonObject = JSON.parse(JSON.stringify(raw))
      expect(featureRow(normaliseEvent(json))).toEqual(literalRow(json))
    }), { numRuns: 500 })
  })

  it('reads an Event as the paper does', () => {
    const row = featureRow(normaliseEvent({
      verb: 'list',
      userAgent: 'kube-scheduler/v1.37.2 (linux/amd64) kubernetes/abc/leader-election',
      user: { username: 'u', groups: ['g0', 'g1'] },
      objectRef: { resource: 'events', namespace: 'n' },
      responseStatus: { code: 201 },
      annotations: { 'authorization.k8s.io/decision': 'allow' },
      requestObject: { kind: 'Pod', metadata: { namespace: 'n', ownerReferences: [{ kind: 'ReplicaSet', controller: true }] } },
      responseObject: { kind: 'Event', count: 3, involvedObject: { kind: 'Pod', namespace: '' }, source: { component: 'kubelet' } },
    }))
    const value = (name: string) => row[PAPER_FEATURES.indexOf(name)]
    expect(row).toHaveLength(39)
    expect([value('verb'), value('userAgent.extra'), value('userAgent.version')]).toEqual(['3', 'leader-election', 'v1.37.2'])
    expect([value('objectRef.namespace'), value('responseObject.involvedObject.namespace'), value('responseObject.metadata.namespace')]).toEqual(['1', '0', null])
    expect([value('responseObject.count'), value('responseStatus.code'), value('requestObject.metadata.namespace')]).toEqual(['3', '201', 'n'])
    expect([value('user.groups[1]'), value('user.groups[2]'), value('objectRef.apiGroup')]).toEqual(['g1', null, null])
    expect(value('requestObject.metadata.ownerReferences.kind')).toBeNull()
  })

  it('names an unknown verb as it is', () => {
    expect(featureRow(normaliseEvent({ verb: 'connect' }))[PAPER_FEATURES.indexOf('verb')]).toBe('connect')
  })
})

describe('the catalogue', () => {
  it('has the paper\'s 39 features in its order, ten of them dead with a reason', () => {
    expect(PAPER_FEATURES).toHaveLength(39)
    expect(new Set(PAPER_FEATURES).size).toBe(39)
    expect([...PAPER_FEATURES].sort()).toEqual(PAPER_FEATURES)
    const dead = FEATURE_CATALOGUE.filter((feature) => !feature.live)
    expect(dead).toHaveLength(10)
    for (const feature of FEATURE_CATALOGUE) expect(feature.live).toBe(feature.dead === undefined)
  })

  it('gives every live feature a reader', () => {
    // A body with a leaf at every path: each feature, the dead ones too, must come out.
    const owner = { apiVersion: 'v', kind: 'k', controller: true, blockOwnerDeletion: true }
    const object = { kind: 'k', apiVersion: 'v', metadata: { namespace: 'n', ownerReferences: owner }, spec: { volumeMode: 'm' }, volumeBindingMode: 'm', count: 1, reason: 'r', type: 't', reportingComponent: 'c', source: { component: 'c' }, involvedObject: { apiVersion: 'v', kind: 'k', namespace: 'n', resource: 'r', subresource: 's' } }
    const row = featureRow(normaliseEvent({
      verb: 'get', userAgent: 'a/b (c/d) e/f/g', user: { groups: ['1', '2', '3'] }, responseStatus: { code: 200 }, annotations: { 'authorization.k8s.io/decision': 'allow' },
      objectRef: { resource: 'r', namespace: 'n', subresource: 's', apiGroup: 'g' }, requestObject: object, responseObject: object,
    }))
    expect(PAPER_FEATURES.filter((_, i) => row[i] === null)).toEqual([])
  })
})
