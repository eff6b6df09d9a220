import { expect, test } from 'vitest'
import { formatQuery, isQueryError, parseQuery, queryInWords } from '@/lib/query'

test.each([
  ['verb=="delete"   AND(name in["a" , b])', 'verb == "delete" and (name in ["a", b])'],
  ["!exists( user . extra [ 'a.b' ] )||code>=400 && code<500", 'not exists(user.extra["a.b"]) or code >= 400 and code < 500'],
  ['requestTime>now-10m and duration>1h30m', 'requestTime > now - 10m and duration > 1h30m'],
  ['requestObject.containers[ * ].image=="x"', 'requestObject.containers[*].image == "x"'],
  ['requestObject. containers [ 0 ].env[ "a.b" ]=="x"', 'requestObject.containers[0].env["a.b"] == "x"'],
  ['COUNT == 1', null],
  ['count( verb=="get" )>=2 and Contains == 1', null],
  ['userAgent contains~"kubectl" and verb IN~ ("GET")', 'userAgent contains~ "kubectl" and verb in~ ("GET")'],
  ['regexp~( name,"^a" )', 'regexp~(name, "^a")'],
  ['latency < -5ms', 'latency < -5ms'],
])('formats %s', (text, wanted) => {
  if (wanted === null) expect(() => formatQuery(text)).toThrow(expect.objectContaining({ code: 'query-field' }))
  else expect(formatQuery(text)).toBe(wanted)
})

test('breaks long queries where their joints are', () => {
  const text = 'verb == "delete" and count(resource == "pods" and not startsWith(username, "system:") or name == "a-long-name-of-an-object") > 10 or (username == u and namespace in (default, kube-system, "another-namespace") and code >= 400)'
  expect(formatQuery(text)).toMatchInlineSnapshot(`
    "verb == "delete"
    and count(resource == "pods" and not startsWith(username, "system:") or name == "a-long-name-of-an-object") > 10
    or (username == u and namespace in (default, kube-system, "another-namespace") and code >= 400)"
  `)
})

test.each([
  ['verb == "delete" and count(resource == "pods") > 10', 'the verb is "delete", and more than 10 events of the context have: (the resource is "pods")'],
  ['requestTime > now - 10m and duration > 5s', "the time received is after 10m ago, and the context's duration is more than 5s"],
  ['any(code >= 400) or not all(username ==~ Alice)', 'at least one event of the context has: (the status code is at least 400), or it is not so that every event of the context has: (the user is, whatever the case, "Alice")'],
  ['1 <= count(verb == get) < 3', 'at least 1 event of the context has: (the verb is "get"), and fewer than 3 events of the context have: (the verb is "get")'],
  ['completionTime <= requestTime + 5s and name == null', "the time of the stage is no later than 5s after the time received, and the object's name is missing"],
])('says %s in words', (text, words) => expect(queryInWords(parseQuery(text))).toBe(words))

test.each([
  ['vreb == "get"', 'verb', 'vreb'],
  ['respnseStatus.code == 200', 'responseStatus.code', 'respnseStatus.code'],
  ['status.code >= 400', 'responseStatus.code', 'status.code'],
  ['exist(name)', 'exists', 'exist'],
  ['verb == "x" and cuont(name == "a") > 1', 'count', 'cuont'],
])('%s: did you mean %s?', (text, wanted, replaced) => {
  try {
    parseQuery(text)
    expect.unreachable()
  } catch (error) {
    if (!isQueryError(error)) throw error
    expect(error.message).toContain(`did you mean ${wanted}?`)
    expect(error.suggestion?.text).toBe(wanted)
    expect(text.slice(error.suggestion?.start, error.suggestion?.end)).toBe(replaced)
    parseQuery(text.slice(0, error.suggestion?.start) + wanted + text.slice(error.suggestion?.end))
  }
})
