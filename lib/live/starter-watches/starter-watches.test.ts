import { describe, expect, it } from 'vitest'
import { starterWatch } from '@/lib/live/watch'
import { buildLog } from '@/lib/contexts/testing/cluster/build-log'
import { OPERATIONS } from '@/lib/contexts/testing/cluster/operations'
import { profiles } from '@/lib/contexts/testing/cluster/profile'
import { Random } from '@/lib/contexts/testing/cluster/random'
import { QueriedLog } from '@/lib/contexts/queried-log'
import { compileColumns, parseQuery, pathsRead } from '@/lib/query'
import { STARTER_WATCHES } from './index'
import { MADE_CASES } from './made-cases'
import { matches, sentEvents } from './testing'

it('has a name of its own for each, with why it matters and what it follows', () => {
  expect(new Set(STARTER_WATCHES.map(({ name }) => name)).size).toBe(STARTER_WATCHES.length)
  for (const watch of STARTER_WATCHES) {
    expect(starterWatch.parse(watch)).toEqual(watch)
    expect(watch.references.length, watch.name).toBeGreaterThan(0)
  }
  expect(Object.keys(MADE_CASES).sort()).toEqual(STARTER_WATCHES.map(({ name }) => name).sort())
})

describe.each(STARTER_WATCHES.map((watch) => [watch.name, watch] as const))('%s', (name, { query }) => {
  const made = MADE_CASES[name]
  it('finds one context of what it is for', () => expect(matches(query, sentEvents(made?.finds ?? []))).toBe(1))
  it('leaves the nearest thing alone', () => expect(matches(query, sentEvents(made?.leaves ?? []))).toBe(0))
  it('says nothing of the same done by the control plane', () => {
    const own = (made?.finds ?? []).map((sent) => ({ ...sent, user: 'system:kube-controller-manager' }))
    expect(matches(query, sentEvents(own))).toBe(0)
  })
})

it.each(['containers', 'initContainers'])('looks at each of the %s, wherever it stands', (list) => {
  const queries = new Map(STARTER_WATCHES.map(({ name, query }) => [name, query]))
  const bad = { name: 'z', image: 'somewhere/xmrig:latest', securityContext: { privileged: true, capabilities: { add: ['NET_ADMIN', 'SYS_ADMIN'] } } }
  const pod = sentEvents([{ verb: 'create', namespace: 'yard', name: 'crane-0', request: { kind: 'Pod', spec: { containers: [{ name: 'c', image: 'crane:1' }], [list]: [...Array.from({ length: 20 }, (_, at) => ({ name: `c${at}`, image: 'crane:1' })), bad] } } }])
  for (const name of ['Privileged container', 'Container with capabilities of the kernel', 'Image of a miner']) expect(matches(queries.get(name) ?? '', pod), name).toBe(1)
})

it('keeps quiet on clusters where nothing happens but ordinary work: no alert that is high', () => {
  const asked = STARTER_WATCHES.map((watch) => ({ watch, node: parseQuery(watch.query) }))
  for (const profile of profiles(new Random(31))) {
    const log = new QueriedLog({ paths: asked.flatMap(({ node }) => pathsRead(node)) })
    log.add(buildLog(profile, Object.values(OPERATIONS), 31).events)
    const { columns } = log.finish()
    const alerts = asked.flatMap(({ watch, node }) => Array<string>(compileColumns(node).run(columns).count()).fill(`${watch.severity} ${watch.name}`))
    // the namespace that is deleted, the pod that is started by hand and the cron job are what happens there
    expect(alerts.sort(), profile.name).toEqual(['info CronJob made or changed', 'info Pod without an owner', 'low Namespace deleted'])
  }
})
