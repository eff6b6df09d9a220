import { describe, expect, test } from 'vitest'
import type { JsonObject } from './event'
import { makeEvent } from './fixtures/make-event'
import { normaliseEvent } from './normalise'
import { compareEvents } from './order'
import { isResourceEvent } from './resource-event'
import { pairStages } from './stages'
import { parseMicros } from './time'

describe('normaliseEvent', () => {
  test('every field of a whole event', () => {
    const event = normaliseEvent(makeEvent(7, { requestObject: { kind: 'Pod' }, impersonatedUser: { username: 'eve', extra: { scopes: ['a'] } } }))
    expect(event).toEqual({
      auditID: '00000000-0000-4000-8000-000000000007',
      stage: 'ResponseComplete',
      level: 'RequestResponse',
      verb: 'get',
      requestURI: '/api/v1/namespaces/shop/pods/web-7?timeout=34s',
      user: { username: 'ada', uid: 'u-1', groups: ['dev', 'system:authenticated'], extra: null },
      impersonatedUser: { username: 'eve', uid: null, groups: [], extra: { scopes: ['a'] } },
      sourceIPs: ['192.0.2.7'],
      userAgent: 'kubectl/v1.37.0 (linux/amd64) kubernetes/0123abc',
      objectRef: { resource: 'pods', namespace: 'shop', name: 'web-7', uid: null, apiGroup: '', apiVersion: 'v1', resourceVersion: null, subresource: null },
      responseStatus: { code: 200, status: null, reason: null, message: null },
      requestObject: { kind: 'Pod' },
      responseObject: null,
      annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
      requestReceivedTimestamp: '2026-03-04T05:00:07.000007Z',
      stageTimestamp: '2026-03-04T05:00:07.100000Z',
      receivedMicros: parseMicros('2026-03-04T05:00:07.000007Z'),
      stageMicros: parseMicros('2026-03-04T05:00:07.100000Z'),
    })
  })

  test('what is absent or of the wrong type is null', () => {
    const event = normaliseEvent({ auditID: 'x', stage: 'Later', level: 3, verb: {}, user: [], objectRef: 'pods', sourceIPs: [1, '::1'], responseStatus: null })
    const { auditID, sourceIPs, ...rest } = event
    expect(auditID).toBe('x')
    expect(sourceIPs).toEqual(['::1'])
    expect(new Set(Object.values(rest))).toEqual(new Set([null]))
  })

  test('hostile keys stay data', () => {
    const raw = JSON.parse('{"auditID":"x","__proto__":{"verb":"get","polluted":true},"annotations":{"__proto__":"p","constructor":"c"}}') as JsonObject
    const event = normaliseEvent(raw)
    expect(event.verb).toBeNull()
    expect(Object.hasOwn(event.annotations ?? {}, '__proto__')).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('order and stages', () => {
  test('microseconds decide, equal times keep their order, no time comes last', () => {
    const at = (auditID: string, requestReceivedTimestamp: string | null) => normaliseEvent({ auditID, requestReceivedTimestamp })
    const events = [at('none', null), at('late', '2026-03-04T05:00:00.000002Z'), at('b', '2026-03-04T05:00:00.000001Z'), at('a', '2026-03-04T05:00:00.000001Z'), at('zone', '2026-03-04T06:00:00+01:00')]
    expect(events.toSorted(compareEvents).map(event => event.auditID)).toEqual(['zone', 'b', 'a', 'late', 'none'])
  })

  test('stages of one request come together in their order', () => {
    const at = (auditID: string, stage: string) => normaliseEvent({ auditID, stage })
    const pairs = pairStages([at('a', 'ResponseComplete'), at('b', 'Panic'), at('a', 'RequestReceived'), at('a', 'ResponseStarted')])
    expect(pairs.map(stages => stages.map(event => `${event.auditID} ${event.stage}`))).toEqual([
      ['a RequestReceived', 'a ResponseStarted', 'a ResponseComplete'],
      ['b Panic'],
    ])
  })

  test('requests without an object reference are no resource events', () => {
    expect(isResourceEvent(normaliseEvent(makeEvent(1)))).toBe(true)
    expect(isResourceEvent(normaliseEvent(makeEvent(1, { objectRef: undefined })))).toBe(false)
  })
})
