import { beforeAll, describe, expect, test } from 'vitest'
import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { AUDIT_CATALOGUE, columnsCatalogue, compileColumns, completeQuery, describeAt, EventColumns, explainPlan, parseQuery, pathsRead, QueryColumns } from '@/lib/query'
import { cpuMilliseconds } from '../testing/cpu-time'
import { toPath } from './logged-paths'

const USERS = ['alice', 'bob', 'system:kube-scheduler']

/** 300 requests in 100 contexts of three, the trigger first. */
const EVENTS: AuditEvent[] = Array.from({ length: 300 }, (_, at) => normaliseEvent({
  auditID: `a${at}`, stage: 'ResponseComplete', verb: at % 3 === 0 ? 'delete' : 'get', user: { username: USERS[at % 3], groups: ['dev', `team-${at % 2}`] },
  objectRef: { resource: at % 3 === 0 ? 'deployments' : 'pods', name: `web-${at}` }, responseStatus: { code: at === 30 ? 500 : 200 },
  requestReceivedTimestamp: `2026-11-23T06:${String(10 + Math.floor(at / 10)).padStart(2, '0')}:00Z`, stageTimestamp: `2026-11-23T06:${String(10 + Math.floor(at / 10)).padStart(2, '0')}:00.01Z`,
  requestObject: { kind: 'Pod', spec: { deep: { level: at % 7 }, 'odd key': 'x' }, ['__proto__']: 1 }, annotations: { 'x.io/y': 'z'.repeat(300) },
} as JsonObject))
const CONTEXTS = Array.from({ length: 100 }, (_, at) => {
  const members = [0, 1, 2].map((place) => `a${at * 3 + place}`)
  return { id: `c${at}`, trigger: { auditID: members[0] ?? '' }, label: { resource: 'deployments' }, events: 3, first: '2026-11-23T06:10:00Z', last: '2026-11-23T06:10:07Z', members }
})
const reread = async function* (): AsyncGenerator<AuditEvent[]> { yield EVENTS.slice(0, 7); yield EVENTS.slice(7) }

let columns: QueryColumns

beforeAll(() => {
  const events = new EventColumns()
  events.add(EVENTS)
  columns = new QueryColumns(events, { contexts: CONTEXTS }).warm()
})

function matches(text: string): number {
  return compileColumns(parseQuery(text)).run(columns).count()
}

describe('questions about members', () => {
  test.each([
    ['any(code >= 500)', 1], ['all(code == 200)', 99], ['count(resource == "pods") == 2', 100], ['count(resource == "pods" and username == bob) > 1', 0], ['1 <= count(code == 500) < 2', 1],
    ['verb == "delete" and count(username != alice) == 2 and any(name matches "^web-1.$")', 4], ['size == 3 and duration == 7s', 100], ['users contains "bob"', 100], ['"carol" in users', 0],
    ['users[0] == "alice"', 100], ['count(exists(verb)) == context.events', 100], ['context.members contains "a30"', 1], ['all(latency == 10ms)', 100],
  ])('%s', (text, wanted) => expect(matches(text)).toBe(wanted))
})

describe('columns that are not at hand', () => {
  test('are named, loaded by reading again, and kept to a bound', async () => {
    const events = new EventColumns({ cacheBytes: 700 })
    events.add(EVENTS)
    const [deep, odd] = ['requestObject.spec.deep.level == 3', 'requestObject.spec["odd key"] == "x"'].map((text) => compileColumns(parseQuery(text)))
    const found = new QueryColumns(events, { contexts: CONTEXTS })
    if (!deep || !odd) throw new Error('two queries')
    expect(events.missing(deep.node).map((path) => path.segments)).toEqual([['requestObject', 'spec', 'deep', 'level']])
    expect(() => deep.run(found)).toThrow(expect.objectContaining({ code: 'query-column' }))
    await events.load(events.missing(deep.node), reread)
    expect(deep.run(found, { of: 'lines' }).count()).toBe(43)
    await events.load(events.missing(odd.node), reread)
    expect(odd.run(found).count()).toBe(100)
    expect(events.missing(deep.node)).toEqual([])
    await events.load([toPath('requestObject.spec.deep')], reread)
    // Room for two.
    expect(events.missing(deep.node)).toHaveLength(1)
    expect(events.missing(parseQuery('exists(requestObject.__proto__)'))).toHaveLength(1)
  })

  test('are refused where the log has changed', async () => {
    const events = new EventColumns({ paths: pathsRead(parseQuery('verb == "get"')) })
    events.add(EVENTS)
    expect(events.paths).toEqual(['verb'])
    await expect(events.load([toPath('requestObject.kind')], async function* () { yield EVENTS.slice(1) })).rejects.toMatchObject({ code: 'log-changed' })
  })

  test('lines may be added and asked again', () => {
    const events = new EventColumns()
    const query = compileColumns(parseQuery('verb == "delete" and name != "web-0"'))
    for (const end of [100, 300]) {
      events.add(EVENTS.slice(events.size, end))
      expect(query.run(new QueryColumns(events, { contexts: [] }), { of: 'lines' }).count()).toBe(Math.ceil(end / 3) - 1)
    }
  })
})

describe('the plan', () => {
  test('tells in what order tests were run, on how much, and what they left', () => {
    const plan = explainPlan(parseQuery('regexp(userAgent, "x.y") and count(resource == "pods") > 1 and code == 500 and latency > 1ms'), columns)
    expect(plan).toMatchObject({ of: 'contexts', rows: 100, matched: 0, columns: ['latency', 'objectRef.resource', 'responseStatus.code', 'userAgent'] })
    expect(plan.steps[0]).toMatchObject({ test: 'regexp(userAgent, "x.y")', how: 'index', values: { distinct: 0, matching: 0 }, lookedAt: 0, kept: 0 })
    const second = explainPlan(parseQuery('count(resource == "pods") > 1 and latency > 1ms and code == 500'), columns)
    expect(second.steps.map(({ how, on, lookedAt, kept }) => [how, on, lookedAt, kept])).toEqual([['index', 'contexts', 1, 1], ['numbers', 'contexts', 1, 1], ['codes', 'members', 3, 2], ['members', 'contexts', 1, 1]])
    expect(JSON.parse(JSON.stringify(second))).toEqual(second)
  })

  test('asks each value of the rows left once, where they are few', () => {
    const plan = explainPlan(parseQuery('code == 500 and regexp(requestURI, "[0-9]") or any(name contains~ "WEB-3")'), columns)
    expect(plan.steps.map(({ how }) => how)).toContain('values of the rows')
  })
})

test('completion offers the values and paths of the log, and hover tells them', () => {
  const catalogue = columnsCatalogue(columns)
  const offered = (text: string): string[] => completeQuery(text, text.length, catalogue).map(({ label }) => label)
  expect(offered('username == ')).toEqual(['"alice"', '"bob"', '"system:kube-scheduler"', 'regexp(…)'])
  expect(offered('groups contains ')).toEqual(['"dev"', '"team-0"', '"team-1"'])
  expect(offered('code == ')[0]).toBe('200')
  expect(offered('users contains ')).toContain('"bob"')
  expect(offered('requestObject.spec.')).toEqual(expect.arrayContaining(['requestObject.spec.deep.level', 'requestObject.spec["odd key"]']))
  expect(offered('annotations["x')).toContain('annotations["x.io/y"]')
  expect(catalogue.values?.['annotations["x.io/y"]']).toBeUndefined()
  expect(describeAt('requestObject.spec.deep.level == 1', 3, catalogue)?.doc).toContain('Seen in the bodies')
  expect(catalogue.fields.length).toBeGreaterThan(AUDIT_CATALOGUE.fields.length)
})

test('hostile patterns and names are answered at once', () => {
  const events = new EventColumns()
  events.add([normaliseEvent({ auditID: 'h', verb: '__proto__', userAgent: `${'a'.repeat(100_000)}!`, user: { username: 'constructor', groups: ['toString'] } })])
  const lines = new QueryColumns(events, { contexts: [] })
  for (const text of ['userAgent matches "(a+)+$"', 'userAgent matches "(x+x+)+y"', 'regexp~(userAgent, "(a|aa)+$")', 'userAgent ==~ "b"', 'verb == "constructor"', 'username == "__proto__"', 'groups contains "valueOf"']) {
    const query = compileColumns(parseQuery(text))
    expect(cpuMilliseconds(() => expect(query.run(lines, { of: 'lines' }).count()).toBe(0)), text).toBeLessThan(50)
  }
  expect(compileColumns(parseQuery('verb == "__proto__" and username == "constructor" and "toString" in groups')).run(lines, { of: 'lines' }).count()).toBe(1)
})
