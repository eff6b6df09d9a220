import { describe, expect, test } from 'vitest'
import type { JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { compileQuery, parseQuery } from '@/lib/query'
import { cpuMilliseconds } from '../testing/cpu-time'

const RAW = JSON.parse(`{
  "auditID": "1", "verb": "create", "level": "RequestResponse", "stage": "ResponseComplete",
  "user": { "username": "alice", "groups": ["dev", "system:authenticated"], "extra": { "scopes/x.io": ["a", "b"] } },
  "sourceIPs": ["10.1.2.3"],
  "objectRef": { "resource": "pods", "namespace": "shop", "apiVersion": "v1" },
  "responseStatus": { "metadata": {}, "code": 201 },
  "requestObject": { "kind": "Pod", "spec": { "containers": [{ "image": "nginx:1", "args": [] }, { "name": "b", "image": "busy:2", "args": ["-c", "x"], "ports": [{ "port": 80 }, { "port": 443 }] }, null], "started": ["2026-11-23T06:39:45Z", "2026-11-23T09:00:00+01:00"], "hostNetwork": true, "priority": 0, "nodeName": null },
    "__proto__": { "polluted": "yes" }, "metadata": { "creationTimestamp": "2026-11-23T08:39:45+02:00" } },
  "requestReceivedTimestamp": "2026-11-23T06:39:45.427442Z", "stageTimestamp": "2026-11-23T06:39:45.427443Z",
  "annotations": { "authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": "" }
}`) as JsonObject
const RECORD = { ...normaliseEvent(RAW), label: { resource: 'pods', verb: 'create', single: true, code: 7 }, context: { id: 'c1', events: 12 } }

const YES = [
  'verb == "create"', 'verb != "delete"', 'username == alice', '"alice" == username', 'code == 201', '200 <= code < 300', '300 > code >= 200', 'code != 200', 'verb < "d"',
  'exists(namespace)', 'not exists(name)', 'name == null', 'namespace != null', 'name != "x"', 'not (name == "x")', 'name in (null, "x")', 'name not in ("x")',
  'requestTime == 2026-11-23T06:39:45.427442Z', 'requestTime == "2026-11-23T07:39:45.427442+01:00"', 'requestTime < 2026-11-23T06:39:45.427443Z', '2026-11-23 <= requestTime < 2026-11-24',
  'stageTimestamp > requestTime', 'requestTime in (2026-11-23T06:39:45.427442Z)', 'requestObject.metadata.creationTimestamp == "2026-11-23T06:39:45Z"',
  'startsWith(requestTime, "2026-11-23T06")', 'regexp(username, "^al")', 'username == regexp("lic")', 'username != regexp("^bob$")', 'regexp(username, "(?i)ALICE")',
  'contains(user.groups, "dev")', 'contains(username, "lic")', 'regexp(user.groups, "^system:")', 'startsWith(sourceIPs, "10.")', 'user.groups[1] == "system:authenticated"',
  'exists(user.extra["scopes/x.io"][1])', 'requestObject.spec.containers[0].image == "nginx:1"', 'requestObject.spec.hostNetwork == true', 'requestObject.spec.priority == 0',
  'not exists(requestObject.spec.nodeName)', 'exists(requestObject.spec.containers[0].args)', 'annotations["authorization.k8s.io/decision"] == "allow"',
  'exists(annotations["authorization.k8s.io/reason"])', 'label.resource == pods and label.single == true and context.events > 10', 'objectRef.apiGroup == ""', 'not exists(objectRef.apiGroup)',
  'requestObject.spec.containers[*].image == "busy:2"', 'requestObject.spec.containers[*].image startsWith "nginx"', 'requestObject.spec.containers[*].image in ("x", "busy:2")', 'requestObject.spec.containers[*].args[*] == "x"',
  'requestObject.spec.containers[*].args contains "x"', 'requestObject.spec.containers[*].image ==~ "BUSY:2"', '100 < requestObject.spec.containers[*].ports[*].port < 500', 'exists(requestObject.spec.containers[*].name)',
  'requestObject.spec.containers[*].name == null or true == requestObject.spec.hostNetwork', 'requestObject.spec.containers[*].image != "x"', 'not (requestObject.spec.containers[*].image == "x")', 'requestObject.spec.containers[*].missing == null',
  'not exists(requestObject.spec.containers[*].missing)', 'requestObject.spec.containers[*].missing in (null, "x")', 'groups[*] matches "^system:"', 'requestObject.spec.containers[*].image == requestObject.spec.containers[1].image',
  'requestObject.spec.started[*] > 2026-11-23T07:00:00Z', 'requestObject.spec.containers[*].image == requestObject.spec.containers[*].image', 'exists(requestObject.spec.containers[*])',
  'requestObject.__proto__.polluted == "yes"', 'objectRef.resource != objectRef.namespace', 'name == subresource',
]

const NO = [
  'verb == "Create"', 'name == "x"', 'name > "a"', 'name <= "a"', 'code < 200', 'code in (200, 404)', 'requestObject.spec.priority == "0"', 'requestObject.spec.priority < "1"',
  'requestObject.spec == requestObject.spec', 'requestObject.spec.containers == "nginx:1"', 'contains(user.groups, "de")', 'regexp(requestObject.spec.priority, "0")',
  'exists(requestObject.constructor)', 'exists(requestObject.spec.toString)', 'exists(requestObject.spec.containers.length)', 'exists(requestObject.kind.length)', 'exists(requestObject.spec.containers["0"])',
  'requestObject.spec.containers[*].image == "x"', 'requestObject.spec.containers[*].image != "busy:2"', '80 < requestObject.spec.containers[*].ports[*].port < 443', 'requestObject.spec.containers[*].name == null', 'requestObject.spec.containers[*].args == "x"',
  'exists(requestObject.spec.containers[*].missing)', 'exists(requestObject.spec[*])', 'exists(requestObject.kind[*])', 'requestObject.spec.containers[*] == requestObject.spec.containers[*]', 'requestObject.spec.containers[*].args[*] in ("-", "y")',
  'exists(requestObject.spec.containers[2])', 'exists(responseObject.a.b.c)', 'exists(requestObject.spec["__proto__"])', 'exists(impersonatedUser.username)', 'requestObject.kind > 2026-11-23',
]

describe('a record', () => {
  test.each(YES)('matches %s', (query) => expect(compileQuery(parseQuery(query))(RECORD)).toBe(true))
  test.each(NO)('does not match %s', (query) => expect(compileQuery(parseQuery(query))(RECORD)).toBe(false))

  test.each([...YES, ...NO].filter((query) => !/label|context/.test(query)))('as logged answers the same: %s', (query) => {
    const matches = compileQuery(parseQuery(query))
    expect(matches(RAW)).toBe(matches(RECORD))
  })

  test('odd records are no match and no error', () => {
    const matches = compileQuery(parseQuery('user.username == "a" or requestObject.a.b[0] == 1 or code > 1 or requestTime > 2020-01-01'))
    for (const record of [{}, [], { user: null }, { user: 'a', requestObject: 'a', responseStatus: [] }, { requestReceivedTimestamp: 7 }, Object.create(null) as object]) {
      expect(matches(record)).toBe(false)
    }
  })
})

test('patterns that ruin backtracking engines take linear time', () => {
  const record = { userAgent: `${'a'.repeat(100_000)}!` }
  for (const pattern of ['(a+)+$', '(a*)*b', '(x+x+)+y', '(a|aa)+$', '(.*a){30}$']) {
    const matches = compileQuery(parseQuery(`regexp(userAgent, "${pattern}")`))
    expect(cpuMilliseconds(() => expect(matches(record)).toBe(false)), pattern).toBeLessThan(50)
  }
})
