import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseEvent } from '@/lib/audit/normalise'
import type { AuditEvent } from '@/lib/audit/event'
import { makeLabel } from '@/lib/labels/codec'
import { labelLines } from './canonical'
import { datasetCardSchema, EMPTY_CARD, missingFields } from './card'
import { cardMarkdown } from './card-markdown'
import { labelDifferences } from './diff'
import { parseLabelLines } from './label-lines'
import type { Labelling } from './labelling'
import { Merger, type MergeSource } from './merge'
import { Slicer, sliceSpecSchema } from './slice'
import { dealSplit } from './splits/deal'
import { countParts, splitLeakage } from './splits/leakage'
import type { SplitRequest, SplitSpec } from './splits/spec'

const label = (resource: string, verb = 'create') => makeLabel({ group: '', resource, verb, namespaced: true, single: true })
const trigger = (context: string, resource = 'pods'): Labelling => ({ role: 'trigger', context, label: label(resource) })
const event = (auditID: string, more: object = {}): AuditEvent => normaliseEvent({ auditID, stage: 'ResponseComplete', verb: 'create', user: { username: 'alice' }, requestReceivedTimestamp: '2026-01-01T00:00:00Z', ...more })

const requests = fc.array(fc.record({ user: fc.constantFrom('alice', 'bob', 'carol', null), namespace: fc.constantFrom('a', 'b', 'c', 'd', null), context: fc.option(fc.nat(30), { freq: 3 }), trigger: fc.boolean() }), { minLength: 60, maxLength: 200 })
  .map((made) => made.map((one, i): SplitRequest => ({ ...one, auditID: `r${i}`, line: i * 2, micros: i * 1e6, object: `o${i % 40}`, context: one.context === null ? null : `c${one.context}`, trigger: one.trigger && one.context !== null, label: one.context === null ? null : `l${one.context % 5}` })))

describe('splits', () => {
  const shares = { validation: 0.2, test: 0.2 }

  it('deal every request once, near the shares, the same for the same seed', () => {
    fc.assert(fc.property(requests, fc.nat(100), (all, seed) => {
      const spec: SplitSpec = { protocol: 'random', seed, ...shares }
      const parts = dealSplit(all, spec)
      expect(parts).toEqual(dealSplit(all, spec))
      const { parts: counts, leftOut } = countParts(all, parts)
      expect(counts.train.requests + counts.validation.requests + counts.test.requests).toBe(all.length)
      expect([leftOut, counts.test.requests]).toEqual([0, Math.round(all.length * 0.2)])
    }), { numRuns: 30 })
  })

  it('leave a gap of lines between blocks, so that no window reaches over', () => {
    fc.assert(fc.property(requests, (all) => {
      const parts = dealSplit(all, { protocol: 'blocked', gap: 5, ...shares })
      const lines = (part: number): number[] => all.flatMap(({ line }, i) => (parts[i] === part ? line : []))
      expect(Math.min(...lines(1)) - Math.max(...lines(0))).toBeGreaterThan(5)
      expect(Math.min(...lines(2)) - Math.max(...lines(1))).toBeGreaterThan(5)
    }), { numRuns: 20 })
    const spread = Array.from({ length: 1000 }, (_, i): SplitRequest => ({ auditID: `r${i}`, line: i, micros: i, user: null, namespace: null, object: null, context: null, trigger: false, label: null }))
    const parts = dealSplit(spread, { protocol: 'blocked', gap: 59, ...shares })
    expect(splitLeakage(spread, parts).nearTraining).toBe(0)
    expect(splitLeakage(spread, dealSplit(spread, { protocol: 'random', seed: 1, ...shares })).nearTraining).toBe(1)
  })

  it('tear no context, and no user\'s or namespace\'s doings, where they are dealt by those', () => {
    const all = Array.from({ length: 400 }, (_, i): SplitRequest => ({ auditID: `r${i}`, line: i, micros: i, user: i % 4 === 0 ? `user${(i >> 2) % 20}` : 'system:apiserver', namespace: `n${(i >> 2) % 10}`, object: null, context: `c${i >> 2}`, trigger: i % 4 === 0, label: 'l' }))
    for (const protocol of ['user', 'namespace'] as const) {
      const parts = dealSplit(all, { protocol, seed: 3, ...shares })
      expect(splitLeakage(all, parts).tornContexts).toBe(0)
      const by = new Map<string, Set<number>>()
      all.forEach((request, i) => { if (request.trigger) by.set(String(request[protocol]), (by.get(String(request[protocol])) ?? new Set()).add(parts[i] ?? -1)) })
      expect([...by.values()].every((set) => set.size === 1)).toBe(true)
    }
  })

  it('count what is given away', () => {
    const of = (auditID: string, line: number, more: Partial<SplitRequest>): SplitRequest => ({ auditID, line, micros: null, user: null, namespace: null, object: null, context: null, trigger: false, label: null, ...more })
    const all = [of('a', 0, { context: 'c', object: 'x', label: 'l' }), of('b', 100, { context: 'c', object: 'x', label: 'l' }), of('c', 40, { object: 'y', label: 'm' }), of('d', 500, { context: 'e' })]
    expect(splitLeakage(all, [0, 2, 2, 1])).toEqual({ contexts: 1, tornContexts: 1, nearTraining: 0.5, knownObjects: 0.5, unseenClasses: 0.5 })
  })

  it('are refused where a part would be empty or nothing is left to learn from', () => {
    const few = [{ auditID: 'a', line: 0, micros: 0, user: 'u', namespace: null, object: null, context: null, trigger: false, label: null }]
    for (const spec of [{ protocol: 'random', seed: 1, ...shares }, { protocol: 'random', seed: 1, validation: 0.5, test: 0.5 }, { protocol: 'time', validationFrom: '2026-01-02T00:00:00Z', testFrom: '2026-01-01T00:00:00Z' }] as const)
      expect(() => dealSplit(few, spec)).toThrow(expect.objectContaining({ code: 'bad-split' }))
  })
})

describe('differences', () => {
  it('are by class, and tell contexts apart from labels', () => {
    const from = new Map([['a', trigger('c')], ['b', trigger('c')], ['d', trigger('x')], ['e', trigger('y')]])
    const to = new Map<string, Labelling>([['a', trigger('c', 'secrets')], ['b', { role: 'background', context: null, label: null }], ['d', trigger('z')], ['f', trigger('c')]])
    const found = labelDifferences(from, to)
    expect(found).toMatchObject({ same: 0, added: 1, removed: 1, changed: 2, regrouped: 1 })
    expect(found.classes.map((change) => [change.from, change.to, change.samples])).toEqual([[null, 'create pods', ['f']], ['create pods', null, ['e']], ['create pods', 'background', ['b']], ['create pods', 'create secrets', ['a']]])
    expect(labelDifferences(from, from)).toMatchObject({ same: 4, classes: [] })
  })

  it('see nothing between labels and what was stored of them', () => {
    const labels = new Map<string, Labelling>([['b', trigger('c"\n')], ['a', { role: 'nonresource', context: null, label: null }]])
    expect(labelDifferences(labels, parseLabelLines([...labelLines(labels)].join('')))).toMatchObject({ same: 2, added: 0, changed: 0 })
    expect(() => parseLabelLines('["a","king",null,null]\n')).toThrow(/Line 1/)
  })
})

describe('slices', () => {
  const labels = new Map<string, Labelling>([['t', trigger('c')], ['k', { role: 'consequence', context: 'c', label: label('pods') }]])
  const log = [event('t', { objectRef: { resource: 'pods', namespace: 'shop' } }), event('k', { user: { username: 'system:node:n' }, verb: 'get', requestReceivedTimestamp: '2026-01-01T00:01:00Z' }), event('o', { user: { username: 'bob' }, verb: 'delete' })]
  const slice = (spec: object): string[] => {
    const slicer = new Slicer(sliceSpecSchema.parse(spec), labels)
    for (const one of log) slicer.add(one)
    return log.map(({ auditID }) => auditID).filter((auditID) => slicer.takes(auditID))
  }

  it.each([
    [{ users: ['alice'] }, ['t', 'k']], [{ users: ['alice'], contexts: 'cut' }, ['t']], [{ users: ['system:node:n'] }, []], [{ users: ['system:node:n'], contexts: 'cut' }, ['k']],
    [{ namespaces: ['shop'] }, ['t', 'k']], [{ until: '2026-01-01T00:00:30Z' }, ['t', 'k', 'o']], [{ until: '2026-01-01T00:00:30Z', contexts: 'cut' }, ['t', 'o']], [{ query: 'verb == "delete"' }, ['o']],
    [{ users: ['alice', 'bob'], query: 'verb == "delete"' }, ['o']],
  ])('%j takes %j', (spec, taken) => {
    expect(slice(spec)).toEqual(taken)
  })

  it('are refused where they say nothing, or nothing is between their times', () => {
    expect(sliceSpecSchema.safeParse({}).success).toBe(false)
    expect(() => slice({ from: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' })).toThrow(expect.objectContaining({ code: 'bad-slice' }))
  })
})

describe('merges', () => {
  const source = (name: string, labels: Record<string, Labelling>): MergeSource => ({ name, auditIDs: new Set(Object.keys(labels)), labels: new Map(Object.entries(labels)) })
  const a = source('a', { r: trigger('c1'), s: trigger('c2') })
  const b = source('b', { r: trigger('c1', 'secrets'), t: trigger('c2') })

  it('refuse collisions, telling one', () => {
    expect(() => new Merger([a, b], 'refuse')).toThrow(/1 auditIDs are in more than one of the data sets, r for one/)
    expect(() => new Merger([a, source('d', { x: trigger('c') })], 'refuse')).not.toThrow()
  })

  it('take an event once, and tell what contradicts', () => {
    const merger = new Merger([a, b], 'once')
    expect([merger.event(0, event('r')), merger.event(1, event('r')), merger.event(1, event('t'))].map((one) => one?.auditID)).toEqual(['r', undefined, 't'])
    expect(merger.event(1, event('r', { verb: 'get' }))).toBeNull()
    const { labels, report } = merger.labels()
    expect(report).toEqual({ collisions: 1, dropped: 2, contradicting: 1, relabelled: 1, renamed: 1 })
    expect([...labels].map(([id, { context, label: of }]) => [id, context, of?.resource])).toEqual([['r', 'c1', 'pods'], ['s', 'c2', 'pods'], ['t', 'c2~2', 'pods']])
  })

  it('keep both apart', () => {
    const merger = new Merger([a, b], 'apart')
    expect([merger.event(0, event('r')), merger.event(1, event('r'))].map((one) => one?.auditID)).toEqual(['r', 'r~2'])
    expect([...merger.labels().labels.keys()]).toEqual(['r', 's', 'r~2', 't'])
  })
})

describe('cards', () => {
  it('are Markdown in which names of the log mark nothing up', () => {
    const figures = { name: '# <b>x</b> | y', description: '', events: 3, requests: 2, first: null, last: null, levels: { Metadata: 3 }, labelled: 1, contexts: 1, classes: 1, roles: { trigger: 1, background: 0 }, secretsKept: false, version: null, madeFrom: 'slice of [a](b)' }
    const text = cardMarkdown({ ...EMPTY_CARD, limits: 'Small.' }, figures)
    expect(text.split('\n')[0]).toBe('# \\# \\<b\\>x\\</b\\> \\| y')
    expect(text).toContain('## Known limits\n\nSmall.\n')
    expect(text).toContain('| Made from | slice of \\[a\\](b) |')
    expect(text).toContain('| Roles | trigger 1 |')
  })

  it('know what nobody said, and refuse fields that are none', () => {
    expect(missingFields({ ...EMPTY_CARD, licence: 'MIT' })).not.toContain('Licence')
    expect(datasetCardSchema.safeParse({ licence: 'x'.repeat(401) }).success).toBe(false)
    expect(datasetCardSchema.safeParse({ price: 1 }).success).toBe(false)
  })
})
