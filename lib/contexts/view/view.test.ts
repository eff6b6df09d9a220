import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { collectEvents, openSource } from '@/lib/audit/source.node'
import { eventOf } from '@/lib/contexts/testing/scenario'
import { differences } from './diff'
import { causesOf, effectRows, effectsOf } from './effects'
import { drawContext } from './graph'
import { lanesOf, LANE_VERBS, timesOf, verbPlace } from './lanes'
import { makePicture } from './make-picture'
import { objectsOf } from './objects'
import { pictureLine } from './picture-line'
import { openPicture } from './open-picture'
import { revisionsOf } from './revisions'
import { contextSentence } from './sentence'
import { ALONE, picturesOf, type Pictured } from './testing/pictures'
import { largePicture } from './testing/large'
import { columnRange, nearestRequest, panned, placesOf, timelineMarks, zoomed } from './timeline-marks'
import { SCALES, timeScale, timeTicks } from './time-scale'

let events: AuditEvent[]
let all: Pictured[]
beforeAll(async () => {
  ({ events } = await collectEvents(openSource('datasets/incidents-a/audit.jsonl.gz')))
  all = picturesOf(events)
}, 60_000)

describe('a picture', () => {
  it('holds every line of its context, in order of time, through JSON', () => {
    for (const { context, open, events: own } of all) {
      expect(open.lines).toBe(own.length)
      expect(open.requests).toBe(new Set(own.map(({ auditID }) => auditID)).size)
      expect(open.auditID(open.trigger)).toBe(context.trigger.auditID)
      expect([...open.after]).toEqual([...open.after].sort((a, b) => a - b))
    }
  })
  it('keeps what a line says', () => {
    const [{ open, events: own }] = all as [Pictured]
    for (const event of own) {
      const request = open.find(event.auditID)
      expect([open.text('verb', request), open.text('resource', request), open.text('user', request), open.number('code', request)]).toEqual([event.verb, event.objectRef?.resource, event.user?.username, event.responseStatus?.code])
    }
  })
  it('is refused where its columns do not fit', () => {
    const [{ picture }] = all as [Pictured]
    for (const broken of [null, {}, { ...picture, version: 2 }, { ...picture, lines: { ...picture.lines, verb: picture.lines.verb.slice(1) } }, { ...picture, links: { ...picture.links, of: picture.links.of.toReversed() } }]) expect(() => openPicture(broken)).toThrow(expect.objectContaining({ code: 'bad-picture' }))
  })
  it('has no bodies and no secret of them', () => {
    expect(JSON.stringify(all.map(({ picture }) => picture))).not.toContain('managedFields')
  })
})

describe('the sentence', () => {
  it('says who did what, and what became of it, of real contexts', () => {
    const sentences = all.map(({ open }) => contextSentence(open))
    expect(sentences).toContain('Service account payments/deployer-j8bns created deployment payments/xmr-5ch49: 1 replicaset created, 4 pods created, scheduled on 3 nodes and started, 1 request denied (403)')
    expect(sentences).toContain('Service account payments/deployer-j8bns scaled deployment payments/xmr-5ch49 from 4 to 8: 4 pods created, scheduled on 3 nodes and started')
    expect(sentences).toContain('kubernetes-admin created clusterrolebinding carol-cluster-admin, granting cluster-admin to carol; nothing followed')
    expect(sentences.every((sentence) => sentence.length < 600)).toBe(true)
  })
  it('tells pods that could not be scheduled or pull their images, once each, and not those that recovered', () => {
    const pod = (name: string, status: JsonObject, at: number): AuditEvent => ({ ...eventOf(`${name}${at}`, { user: 'system:node:n1', verb: 'patch', resource: 'pods', subresource: 'status', namespace: 'shop', name, request: { status }, cause: 't' }, at * 1000) })
    const unschedulable = { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }
    const waiting = { containerStatuses: [{ image: 'nope:1', state: { waiting: { reason: 'ImagePullBackOff' } } }] }
    const trigger = eventOf('t', { user: 'alice', verb: 'patch', resource: 'deployments', subresource: 'scale', namespace: 'shop', name: 'cart', request: { spec: { replicas: 4 } }, body: { spec: { replicas: 4 }, status: { replicas: 2 } }, cause: 'self' }, 1000)
    const made = ['a', 'b', 'c'].map((name, i) => eventOf(`m${name}`, { user: 'system:serviceaccount:kube-system:replicaset-controller', verb: 'create', resource: 'pods', namespace: 'shop', name, cause: 't' }, 2000 + i))
    const log = [trigger, ...made, pod('a', unschedulable, 3), pod('a', unschedulable, 4), pod('b', unschedulable, 5), pod('b', { conditions: [{ type: 'Ready', status: 'True' }] }, 6), pod('c', waiting, 7)]
    const open = openPicture(makePicture({ ...ALONE, id: 'c', trigger: 't' }, log.map(lineOf)))
    expect(contextSentence(open)).toBe('alice scaled deployment shop/cart from 2 to 4: 3 pods created, 1 started, 1 failed to schedule, 1 could not pull an image')
  })
})

describe('effects by cause', () => {
  it('hold every request once, below an effect of its cause or of the same action', () => {
    for (const { open } of all.slice(0, 80)) {
      const { list, of, cause } = effectsOf(open)
      expect(list.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(Array.from({ length: open.requests }, (_, i) => i))
      for (const { id, parent, depth } of list.slice(1)) expect([parent < id, depth]).toEqual([true, (list[parent]?.depth ?? 0) + 1])
      cause.forEach((from, request) => { expect(from < request || from === open.trigger).toBe(true); expect(of[request]).toBeGreaterThanOrEqual(0) })
      expect(Math.max(...list.map(({ depth }) => depth))).toBeLessThanOrEqual(new Set(list.map(({ action }) => action)).size)
    }
  })
  it('show a replica set below its deployment and pods below it', () => {
    const { open } = all.find(({ context }) => context.trigger.verb === 'create' && context.trigger.objectRef?.resource === 'deployments') as Pictured
    const { list } = effectsOf(open)
    const path = (action: string): string[] => { const names: string[] = []; for (let at = list.findIndex((one) => one.action === action); at >= 0; at = list[at]?.parent ?? -1) names.unshift(list[at]?.action ?? ''); return names }
    expect(path('create pods')).toEqual(expect.arrayContaining(['create deployments', 'create replicasets', 'create pods']))
    expect(list.some(({ action, parent }) => action === 'create pods/binding' && list[parent]?.action === 'create pods')).toBe(true)
  })
  it('fold and unfold without losing a row', () => {
    const effects = effectsOf((all[0] as Pictured).open)
    const rows = effectRows(effects, new Set(), new Set())
    expect(rows).toHaveLength(effects.list.length - 1)
    const [first] = rows
    expect(effectRows(effects, new Set(effects.list.map(({ id }) => id)), new Set())).toHaveLength(effects.list[0]?.children.length ?? 0)
    expect(effectRows(effects, new Set(), new Set([first?.effect.id ?? 0]))).toHaveLength(rows.length + (first?.effect.members.length ?? 0))
  })
})

describe('the axis of time', () => {
  const rising = fc.array(fc.double({ min: -1e6, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 }).map((list) => Float64Array.from(list).sort())
  it('keeps the order of times, and leads back', () => {
    fc.assert(fc.property(fc.constantFrom(...SCALES), rising, (kind, times) => {
      const scale = timeScale(kind, times)
      const places = [...times].map((ms) => scale.place(ms))
      places.forEach((place, i) => {
        expect(place).toBeGreaterThanOrEqual((places[i - 1] ?? 0) - 1e-9)
        expect(place).toBeLessThanOrEqual(1 + 1e-9)
      })
      const span = scale.last - scale.first
      for (const ms of times) expect(Math.abs(scale.time(scale.place(ms)) - ms)).toBeLessThanOrEqual(span * 1e-6 + 1e-6)
    }))
  })
  it('marks few round times', () => {
    fc.assert(fc.property(fc.constantFrom(...SCALES), rising, fc.double({ min: 0, max: 0.9, noNaN: true }), (kind, times, from) => {
      const ticks = timeTicks(timeScale(kind, times), from, from + 0.1)
      expect(ticks.length).toBeLessThanOrEqual(10)
      expect([...ticks]).toEqual([...ticks].sort((a, b) => a - b))
    }))
  })
  it('folds a long silence', () => {
    const times = Float64Array.from([0, 10, 20, 3_600_000, 3_600_010])
    const scale = timeScale('folded', times)
    expect(scale.folds).toEqual([{ from: 20, to: 3_600_000 }])
    expect(scale.place(20)).toBeGreaterThan(0.2)
  })
  it('zooms about a point and stays within', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(fc.property(share, share, fc.double({ min: 0.01, max: 100, noNaN: true }), share, (a, b, factor, about) => {
      const view = { from: Math.min(a, b), to: Math.max(a, b) + 1e-6 }
      for (const { from, to } of [zoomed(view, factor, about), panned(view, about - 0.5)]) { expect(from).toBeGreaterThanOrEqual(0); expect(to).toBeLessThanOrEqual(1 + 1e-9); expect(to).toBeGreaterThan(from) }
    }))
  })
})

describe('the timeline', () => {
  it('draws no more than a screen holds of 100,000 events, and counts all of them', () => {
    const open = openPicture(largePicture(100_000))
    expect(open.requests).toBe(100_000)
    const lanes = lanesOf(open, 16)
    expect(lanes.reduce((sum, lane) => sum + lane.requests.length, 0)).toBe(100_000)
    const scale = timeScale('linear', timesOf(open))
    const places = placesOf(lanes, scale)
    const verbOf = (request: number): number => verbPlace(open.text('verb', request))
    for (const [from, to] of [[0, 1], [0.2, 0.3], [0.5, 0.5001]] as const) {
      const { marks, bars, columns } = timelineMarks(lanes, places, { from, to, width: 1000 }, verbOf)
      expect(marks.length / 3 + bars.length / 5).toBeLessThanOrEqual(lanes.length * columns * LANE_VERBS.length)
      let drawn = marks.length / 3
      for (let at = 3; at < bars.length; at += 5) drawn += bars[at] ?? 0
      expect(drawn).toBe([...open.after].filter((ms) => scale.place(ms) >= from && scale.place(ms) <= to).length)
    }
    const { list } = effectsOf(open)
    expect(list.length).toBeLessThan(5000)
    const { boxes, lines } = drawContext(open)
    expect(boxes.length).toBeLessThanOrEqual(60)
    expect(lines.length).toBeLessThanOrEqual(500)
  })
  it('finds what is under the pointer', () => {
    const { open } = all[0] as Pictured
    const lanes = lanesOf(open, 16)
    const scale = timeScale('log', timesOf(open))
    const places = placesOf(lanes, scale)
    const view = { from: 0, to: 1, width: 900 }
    lanes.forEach((lane, index) => lane.requests.forEach((request, at) => {
      const x = (places[index]?.[at] ?? 0) * 900
      const found = nearestRequest(lane, places[index] ?? new Float64Array(), view, x, 9)
      expect(open.after[found]).toBeCloseTo(open.after[request] ?? 0, 6)
      const { begin, end } = columnRange(places[index] ?? new Float64Array(), view, x + 1e-6)
      expect(end).toBeGreaterThanOrEqual(begin)
    }))
    expect(nearestRequest(lanes[0] as never, places[0] as never, { ...view, from: 0.999, to: 1 }, 450, 9)).toBe(-1)
  })
})

describe('differences', () => {
  const json = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.letrec<{ value: unknown }>((tie) => ({ value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.string({ minLength: 1 }), fc.boolean(), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), tie('value'), { maxKeys: 3 })) })).value, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>
  it('are none of an object with itself, and some of two that differ', () => {
    fc.assert(fc.property(json, json, (a, b) => {
      expect(differences(a, structuredClone(a))).toEqual({ list: [], more: 0, folded: 0 })
      const back = differences(b, a)
      expect(differences(a, b).list.length + differences(a, b).more).toBe(back.list.length + back.more)
    }))
  })
  it('name items of lists by their keys, fold bookkeeping, and hide nothing that was redacted', () => {
    const before = { metadata: { resourceVersion: '1', name: 'cart' }, spec: { containers: [{ name: 'app', image: 'cart:1' }, { name: 'side', image: 's' }] }, data: { key: '[redacted]' } }
    const after = { metadata: { resourceVersion: '2', name: 'cart' }, spec: { containers: [{ name: 'side', image: 's' }, { name: 'app', image: 'cart:2' }] }, data: { key: '[redacted]' } }
    expect(differences(before, after)).toEqual({ folded: 1, more: 0, list: [{ path: 'spec.containers[name=app].image', kind: 'changed', before: '"cart:1"', after: '"cart:2"' }, { path: 'data.key', kind: 'redacted', before: '"[redacted]"', after: '"[redacted]"' }] })
  })
  it('are bounded whatever the objects hold', () => {
    const items = Array.from({ length: 100_000 }, (_, i) => ({ name: `n${i}`, value: i }))
    const { list, more } = differences({ items: [] }, { items })
    expect(list).toHaveLength(200)
    expect(more).toBeGreaterThan(1000)
    let deep: JsonObject = {}
    for (let i = 0; i < 5000; i++) deep = { a: deep }
    expect(differences({}, { deep: JSON.parse('{"__proto__":{"x":1},"constructor":"y"}') as JsonObject, more: deep['a'] as JsonObject }).list.length).toBeGreaterThan(0)
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})

describe('revisions of real objects', () => {
  it('tell a scaled deployment from 4 to 8 by what came before the context', () => {
    const { context, open, events: own } = all.find(({ context: one }) => one.trigger.verb === 'patch' && one.trigger.objectRef?.subresource === 'scale') as Pictured
    const [object] = objectsOf(open)
    expect(object?.key.name).toBe(context.trigger.objectRef?.name)
    const at = own[0]?.receivedMicros ?? 0
    const revisions = revisionsOf(object?.key as never, own, events.filter(({ receivedMicros }) => (receivedMicros ?? 0) < at))
    expect(revisions[0]).toMatchObject({ verb: 'patch', subresource: 'scale', from: 'sent', list: [{ path: 'spec.replicas', after: '8' }] })
    const status = revisions.find(({ subresource, list }) => subresource === 'status' && list.some(({ path }) => path === 'spec.replicas'))
    expect(status?.list.find(({ path }) => path === 'spec.replicas')).toEqual({ path: 'spec.replicas', kind: 'changed', before: '4', after: '8' })
    expect(revisions.every(({ list, from }) => from !== 'revisions' || list.every(({ path }) => !path.includes('managedFields')))).toBe(true)
  })
  it('tell one change a request, in order, of every object of the largest contexts', () => {
    for (const { open, events: own } of all.slice(0, 10)) for (const { key, requests } of objectsOf(open).slice(0, 5)) {
      const revisions = revisionsOf(key, own)
      expect(new Set(revisions.map(({ auditID }) => auditID)).size).toBe(revisions.length)
      expect(revisions.length).toBeLessThanOrEqual(requests.length)
      const versions = revisions.flatMap(({ resourceVersion }) => (resourceVersion === null ? [] : [Number(resourceVersion)]))
      expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    }
  })
})

describe('the graph', () => {
  it('joins every actor, action and object, and lays no two boxes over each other', () => {
    for (const { open } of all.slice(0, 40)) {
      const { boxes, lines } = drawContext(open)
      const ids = new Set(boxes.map(({ id }) => id))
      expect(lines.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true)
      for (const a of boxes) expect(boxes.filter((b) => b.x === a.x && Math.abs(b.y - a.y) < 34)).toHaveLength(1)
      expect(causesOf(open).filter((cause) => cause === -1)).toHaveLength(1)
    }
  })
})

function lineOf(event: AuditEvent, seq: number): Parameters<typeof makePicture>[1][number] {
  return pictureLine(event, { seq, role: event.auditID === 't' ? 'trigger' : 'consequence', confidence: 0.9, links: event.auditID === 't' ? [] : [{ rule: 'owner', key: 'x', to: 't', score: 0.9 }] })
}
