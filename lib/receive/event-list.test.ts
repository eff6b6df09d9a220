import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAuditweaveError } from '@/lib/audit/errors'
import { readEventList } from './event-list'

const event = (auditID: string, more: object = {}): object => ({ level: 'Metadata', auditID, stage: 'ResponseComplete', requestURI: '/', verb: 'get', user: { username: 'eva' }, stageTimestamp: '2026-03-01T10:00:00.250000Z', ...more })
const list = (...items: unknown[]): string => JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {}, items })

describe('the body of an audit webhook', () => {
  it('becomes one line an event, readable by itself', () => {
    const [first, second] = readEventList(list(event('a'), event('b', { stage: 'RequestReceived' })))
    expect(first).toMatchObject({ auditID: 'a', stage: 'ResponseComplete', stageMicros: Date.UTC(2026, 2, 1, 10) * 1000 + 250_000 })
    expect(JSON.parse(first?.line ?? '')).toMatchObject({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', auditID: 'a', user: { username: 'eva' } })
    expect(second?.stage).toBe('RequestReceived')
    expect(readEventList(JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: null }))).toEqual([])
  })

  it('loses its secrets, unless they are to be kept', () => {
    const secret = event('s', { objectRef: { resource: 'secrets', name: 'db' }, requestObject: { kind: 'Secret', data: { password: 'aHVudGVyMg==' } } })
    expect(readEventList(list(secret))[0]?.line).not.toContain('aHVudGVyMg')
    expect(readEventList(list(secret), { keepSecrets: true })[0]?.line).toContain('aHVudGVyMg')
  })

  it('keeps line ends inside names from breaking lines', () => {
    const [one] = readEventList(list(event('x\ny', { userAgent: 'a\r\nb\u2028' })))
    expect(one?.line).not.toMatch(/[\r\n]/)
  })

  it.each([
    ['no JSON', '{"kind":', /not valid JSON/],
    ['a list of nothing known', '[]', /no JSON object/],
    ['another kind', '{"kind":"PodList","apiVersion":"v1","items":[]}', /kind is "PodList"/],
    ['another version', '{"kind":"EventList","apiVersion":"audit.k8s.io/v9","items":[]}', /audit.k8s.io\/v9/],
    ['items that are none', '{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":{}}', /no list/],
    ['an item that is none', list(event('a'), 7), /item 1 is no JSON object/],
    ['no auditID', list(event('')), /item 0 has no auditID/],
    ['an endless auditID', list(event('a'.repeat(1025))), /item 0 has no auditID/],
    ['no stage', list(event('a', { stage: undefined })), /names no stage/],
    ['depth without end', `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":${'['.repeat(5000)}${']'.repeat(5000)}}`, /deeper/],
  ])('is refused whole: %s', (_, body, message) => {
    expect(() => readEventList(body)).toThrow(message)
  })

  it('is read or refused, whatever it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.array(fc.jsonValue()).map((items) => list(...items)), fc.jsonValue().map((value) => list(event('k', { objectRef: value, user: value, requestObject: value })))), (body) => {
      try {
        for (const { line } of readEventList(body)) JSON.parse(line)
      } catch (error) {
        expect(isAuditweaveError(error)).toBe(true)
      }
    }), { numRuns: 300 })
  })
})
