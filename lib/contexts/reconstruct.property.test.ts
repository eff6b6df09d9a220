import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditEvent, JsonObject, JsonValue } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { reconstructByLabels } from '@/lib/contexts/by-labels'
import { contextId } from '@/lib/contexts/context-id'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'

const names = fc.constantFrom('a', 'a-b', 'a-b-c', 'web', 'web-1', '__proto__', '')
const json: fc.Arbitrary<JsonValue> = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>
const reference = fc.record({ kind: fc.constantFrom('Pod', 'ReplicaSet', 'Deployment', 'Gadget', 'Node'), apiVersion: fc.constantFrom('v1', 'apps/v1', 7), name: fc.oneof(names, json), uid: fc.oneof(names, json) })
const body = fc.record({
  kind: fc.oneof(fc.constantFrom('Pod', 'Status', 'PodList', 'Event'), json),
  metadata: fc.oneof(json, fc.record({ name: fc.oneof(names, json), uid: fc.oneof(names, json), labels: json, ownerReferences: fc.oneof(json, fc.array(reference, { maxLength: 3 })) }, { requiredKeys: [] })),
  spec: fc.oneof(json, fc.record({ selector: json, volumes: json, claimRef: json, scaleTargetRef: reference, boundObjectRef: reference, replicas: fc.oneof(fc.integer(), json), volumeClaimTemplates: json }, { requiredKeys: [] })),
  involvedObject: reference, regarding: json, items: json, endpoints: json, subsets: json,
}, { requiredKeys: [] })
const raw = fc.record({
  auditID: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
  stage: fc.constantFrom('RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic', null),
  verb: fc.oneof(fc.constantFrom('create', 'delete', 'deletecollection', 'patch', 'update', 'get', 'list', 'watch', 'constructor'), json),
  user: fc.oneof(json, fc.record({ username: fc.constantFrom('alice', 'system:apiserver', 'system:node:n1', 'system:kube-scheduler', 'system:serviceaccount:kube-system:replicaset-controller', 'system:serviceaccount:kube-system:horizontal-pod-autoscaler') })),
  requestURI: fc.oneof(json, fc.constantFrom('/api/v1/pods?labelSelector=%', '/x?dryRun=All', '/api?labelSelector=a%3Db')),
  objectRef: fc.oneof(json, fc.record({
    resource: fc.constantFrom('pods', 'replicasets', 'events', 'namespaces', 'nodes', 'poddisruptionbudgets', 'services', 'statefulsets', 'persistentvolumes', 'constructor'),
    namespace: names, name: names, apiGroup: fc.constantFrom('', 'apps', 'policy', 'extensions'), subresource: fc.constantFrom('', 'status', 'binding', 'token', 'eviction', 'scale'),
  }, { requiredKeys: ['resource'] })),
  responseStatus: fc.oneof(json, fc.record({ code: fc.constantFrom(200, 201, 403, 409) })),
  requestObject: fc.oneof(json, body), responseObject: fc.oneof(json, body),
  requestReceivedTimestamp: fc.oneof(json, fc.integer({ min: 0, max: 59 }).map((second) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z`)),
  stageTimestamp: json,
}, { requiredKeys: ['auditID'] })
const log = fc.array(raw, { maxLength: 30 }).map((lines) => lines.map((line): AuditEvent => normaliseEvent(line as JsonObject)))

function key(event: { auditID: string; stage: string | null; requestReceivedTimestamp: string | null }): string {
  return [event.auditID, event.stage, event.requestReceivedTimestamp].join(' ')
}

describe('reconstruct, whatever the log holds', () => {
  it('gives one record for every stage logged, one decision for every auditID', () => {
    fc.assert(fc.property(log, (events) => {
      const { records, contexts } = reconstruct(events.map((event) => extractFacts(event)))
      expect(records.map(key).sort()).toEqual(events.map(key).sort())
      const decided = new Map<string, string | null>()
      for (const record of records) {
        expect(decided.get(record.auditID) ?? record.context).toBe(record.context)
        decided.set(record.auditID, record.context)
        if (record.role === 'consequence') expect(record.links.length).toBeGreaterThan(0)
        expect(record.context === null).toBe(record.role === 'background' || record.role === 'nonresource')
      }
      const members = contexts.flatMap((context) => context.members)
      expect(new Set(members).size).toBe(members.length)
      for (const context of contexts) {
        expect(context.id).toBe(contextId(context.trigger.auditID))
        expect(context.events).toBe(context.members.length)
        expect(context.members).toContain(context.trigger.auditID)
      }
    }), { numRuns: 120 })
  })

  it('gives the same result in any order of lines of different requests', () => {
    fc.assert(fc.property(fc.uniqueArray(raw, { maxLength: 8, selector: (line) => line.auditID }), (lines) => {
      const events = lines.map((line) => extractFacts(normaliseEvent(line as JsonObject)))
      expect(reconstruct(events.toReversed())).toEqual(reconstruct(events))
    }), { numRuns: 80 })
  })

  it('clusters by labels without losing a line', () => {
    fc.assert(fc.property(log, fc.constantFrom('k8ntext' as const, 'k8ntext-2024' as const), (events, variant) => {
      const facts = events.map((event) => extractFacts(event))
      const { records, contexts } = reconstructByLabels(facts, facts.map((fact) => fact.label), variant)
      expect(records.map(key).sort()).toEqual(events.map(key).sort())
      const members = contexts.flatMap((context) => context.members)
      expect(new Set(members).size).toBe(members.length)
    }), { numRuns: 60 })
  })
})

describe('contextId', () => {
  it('does not collide on fifty thousand ids that differ little', () => {
    const ids = new Set(Array.from({ length: 50_000 }, (_, i) => contextId(`66f6ff78-d321-47e2-b584-${i.toString(16).padStart(12, '0')}`)))
    expect(ids.size).toBe(50_000)
  })

  it('stays the same from release to release', () => {
    expect(contextId('66f6ff78-d321-47e2-b584-1159733eab5c')).toBe(contextId('66f6ff78-d321-47e2-b584-1159733eab5c'))
    expect(contextId('66f6ff78-d321-47e2-b584-1159733eab5c')).toMatch(/^ctx-[0-9a-f]{16}$/)
  })
})
