import { describe, expect, it } from 'vitest'
import { normaliseEvent } from '@/lib/audit/normalise'
import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { QueriedLog } from '@/lib/contexts/queried-log'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import { parseQuery, pathsRead } from '@/lib/query'
import { LiveWindow } from './live-window'
import { bodiesRead, slimEvent } from './slim-event'
import { matchContexts } from './watch-window'

const QUERIES = [
  'verb == "delete"', 'verb == "create" and resource == "deployments"', 'count(verb == "create") > 2', 'any(resource == "pods" and subresource == "binding")', 'all(code < 400)',
  'responseObject.kind == "Deployment"', 'any(responseObject.metadata.ownerReferences[0].kind == "ReplicaSet")', 'size > 3 and not username == "nobody"', 'exists(responseObject.metadata.uid)', 'any(responseObject.metadata.ownerReferences[*].kind == "ReplicaSet")', 'context.users[0] == "alice"',
]

describe('watches over a window', () => {
  it.each(QUERIES)('find what the query answers over the whole log: %s', (text) => {
    const query = parseQuery(text)
    const keep = bodiesRead([query])
    let found = 0
    for (const { events } of allScenarios()) {
      const log = new QueriedLog({ paths: pathsRead(query) })
      log.add(events)
      const wanted = log.finish().answer(query).map(({ id }) => id)
      const window = new LiveWindow({ age: Infinity })
      window.add(events.map((event, seq) => ({ seq, facts: extractFacts(event), event: slimEvent(event, keep), arrived: event.stageMicros ?? 0 })))
      const linked = window.link()
      expect(matchContexts([{ query, of: null }], linked.contexts, linked).map(({ context }) => context.id)).toEqual(wanted)
      found += wanted.length
    }
    expect(found).toBeGreaterThan(0)
  })
})

describe('what stays of a body', () => {
  const event = (requestObject: JsonObject): AuditEvent => normaliseEvent({ auditID: 'a', requestObject, responseObject: { big: 'x'.repeat(1000) } })

  it('is what queries ask for, and nothing else', () => {
    const keep = bodiesRead(['requestObject.spec.replicas > 1', 'requestObject.spec.containers[0].image == "x"', 'verb == "get"'].map(parseQuery))
    const slim = slimEvent(event({ kind: 'Pod', spec: { replicas: 3, secret: 's', containers: [{ image: 'x' }, { image: 'y' }] } }), keep)
    expect(slim.requestObject).toEqual({ spec: { replicas: 3, containers: [{ image: 'x' }, { image: 'y' }] } })
    expect(slim.responseObject).toBeNull()
  })

  it('holds names of prototypes as names', () => {
    const keep = bodiesRead([parseQuery('requestObject["__proto__"].x == "1" or requestObject.constructor == "2"')])
    const slim = slimEvent(event(JSON.parse('{"__proto__": {"x": "1"}}') as JsonObject), keep).requestObject as JsonObject
    expect(Object.getPrototypeOf(slim)).toBe(Object.prototype)
    expect(Object.keys(slim)).toEqual(['__proto__'])
  })
})
