import { beforeAll, describe, expect, it } from 'vitest'
import { object } from '@/lib/contexts/testing/scenario'
import { sentEvents, type Sent } from '@/lib/live/starter-watches/testing'
import { foldAlerts } from './fold'
import type { ForeignAlert } from './foreign-alert'
import { LINE_PATHS, type LogLines } from './log-lines'
import { linesOf } from './testing.node.ts'

const set = object('ReplicaSet', 'yard', 'crane-7d')
/** One action with two consequences, one of another user, and one heartbeat that nobody caused. */
const SENT: readonly Sent[] = [
  { verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'yard', name: 'crane-7d', body: set },
  { user: 'system:serviceaccount:kube-system:replicaset-controller', verb: 'create', namespace: 'yard', name: 'crane-0', body: object('Pod', 'yard', 'crane-0', { owner: set }) },
  { user: 'system:serviceaccount:kube-system:replicaset-controller', verb: 'create', namespace: 'yard', name: 'crane-1', body: object('Pod', 'yard', 'crane-1', { owner: set }) },
  { user: 'emil', verb: 'list', resource: 'secrets', namespace: 'yard' },
  { user: 'system:node:n1', verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-node-lease', name: 'n1' },
]
const events = sentEvents(SENT)
let lines: LogLines
beforeAll(() => { lines = linesOf(events, LINE_PATHS) })

const none: ForeignAlert = { line: 1, rule: 'rule', severity: 'Notice', auditID: null, micros: null, user: null, verb: null, resource: null, namespace: null, name: null, uri: null, text: null }
const by = (auditID: string, rule = 'rule'): ForeignAlert => ({ ...none, auditID, rule })

describe('folding alerts', () => {
  it('makes one context of the alerts on an action and on what followed', () => {
    const { contexts, rules, found, alerts } = foldAlerts([by('made-0'), by('made-1'), by('made-2'), by('made-2', 'other'), by('made-3')], lines)
    expect(alerts).toBe(5)
    expect(contexts.map(({ user, object: what, alerts: count }) => [user, what, count])).toEqual([['dora', 'replicasets yard/crane-7d', 4], ['emil', 'secrets yard', 1]])
    expect(rules.map(({ rule, alerts: count, contexts: folded }) => [rule, count, folded])).toEqual([['rule', 4, 2], ['other', 1, 1]])
    expect(found).toEqual({ byAuditID: 5, byTime: 0, background: 0, notInLog: 0, notTold: 0 })
  })

  it('says which met no context, and why', () => {
    const { contexts, found, outside, rules } = foldAlerts([by('made-4'), by('elsewhere'), none], lines)
    expect(contexts).toEqual([])
    expect(found).toEqual({ byAuditID: 1, byTime: 0, background: 1, notInLog: 1, notTold: 1 })
    expect(outside.map(({ why }) => why)).toEqual(['background', 'not-in-log', 'not-told'])
    expect(rules).toMatchObject([{ alerts: 3, outside: 3, contexts: 0 }])
  })

  it('finds a request by when its stage ended, where what is said of it agrees', () => {
    const at = (index: number, more: Partial<ForeignAlert> = {}): ForeignAlert => ({ ...none, micros: events[index]?.stageMicros ?? null, ...more })
    expect(foldAlerts([at(3, { user: 'emil', verb: 'list', resource: 'secrets' })], lines).found).toMatchObject({ byTime: 1 })
    expect(foldAlerts([at(3, { user: 'dora' })], lines).found).toMatchObject({ byTime: 0, notInLog: 1 })
    expect(foldAlerts([at(3, { micros: (events[3]?.stageMicros ?? 0) + 1 })], lines).found).toMatchObject({ notInLog: 1 })
  })

  it('does not guess between two requests of one microsecond', () => {
    const [first, second] = sentEvents([{ name: 'a', namespace: 'yard' }, { name: 'b', namespace: 'yard' }])
    if (!first || !second) throw new Error('nothing was made')
    const twins = linesOf([first, { ...second, stageMicros: first.stageMicros, stageTimestamp: first.stageTimestamp }], LINE_PATHS)
    const alert = { ...none, micros: first.stageMicros }
    expect(foldAlerts([alert], twins).found).toMatchObject({ notTold: 1 })
    expect(foldAlerts([{ ...alert, name: 'b' }], twins).contexts).toMatchObject([{ object: 'pods yard/b' }])
  })

  it('counts a thousand rules by name and the others together', () => {
    const { rules } = foldAlerts(Array.from({ length: 1200 }, (_, at) => by('made-3', `rule ${at}`)), lines)
    expect(rules).toHaveLength(1001)
    expect(rules[0]).toMatchObject({ rule: 'all other rules', alerts: 200, contexts: 1 })
  })
})
