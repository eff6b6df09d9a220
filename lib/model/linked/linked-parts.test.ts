import { describe, expect, test } from 'vitest'
import { SLOTS } from '@/lib/contexts/candidates'
import { makeLabel } from '@/lib/labels/codec'
import { labelKey } from '@/lib/labels/label-key'
import { Columns } from './columns'
import { countBucket, gapBucket } from './buckets'
import { LinkedCoder } from './linked-coder'
import { decodeLinked } from './linked-decode'
import { ALIKE, ELSEWHERE, OWN, slotClass, SOURCES } from './linked-target'
import { codeSizes, encodeColumns, fitVocabulary, MISSING, UNKNOWN } from './linked-vocabulary'

const label = (resource: string, verb: string, more: { group?: string; subresource?: string; namespaced?: boolean; single?: boolean } = {}) =>
  makeLabel({ group: more.group ?? '', resource, subresource: more.subresource ?? '', verb, namespaced: more.namespaced ?? true, single: more.single ?? true })

describe('buckets', () => {
  test('double in width, end somewhere, and take no nonsense', () => {
    expect([0, 1000, 3000, 1e6, 1e18, Infinity, Number.NaN, -5].map(gapBucket)).toEqual(['0', '1', '2', '9', '20', '-', '-', '0'])
    expect(gapBucket(null)).toBe('-')
    expect(['0', '1', '2', '4', '20', '900', 'many', '-3'].map(countBucket)).toEqual(['0', '1', '2', '3', '6', '21', null, '0'])
  })
})

describe('columns', () => {
  test('give back what was added, across growth', () => {
    const columns = new Columns(['a', 'b'])
    const rows = Array.from({ length: 3000 }, (_, i) => [i % 7 === 0 ? null : `v${i % 50}`, String(i)])
    for (const row of rows) columns.add(row)
    expect(columns.lines).toBe(3000)
    expect(rows.every((row, i) => columns.row(i).join() === row.join())).toBe(true)
    expect(columns.codes.length).toBe(6000)
  })

  test('tell more values than 16 bits count as missing', () => {
    const columns = new Columns(['a'])
    for (let i = 0; i < 65_600; i++) columns.add([`v${i}`])
    expect(columns.row(65_000)).toEqual(['v65000'])
    expect(columns.row(65_599)).toEqual([null])
  })
})

describe('vocabularies', () => {
  const columns = new Columns(['a', 'b'])
  for (const row of [['x', 'p'], ['x', 'q'], ['y', 'p'], [null, 'p'], ['z', 'r']]) columns.add(row)
  const features = (vocabularies: readonly (readonly string[])[]) => ['a', 'b'].map((name, i) => ({ name, vocabulary: vocabularies[i] ?? [] }))

  test('are fitted on the fitted lines alone, rare values left out', () => {
    const vocabularies = fitVocabulary([{ columns, fitted: (line) => line < 4 }], 2)
    expect(vocabularies).toEqual([['x'], ['p']])
    expect(codeSizes(vocabularies)).toEqual([3, 3])
    expect([...encodeColumns(columns, features(vocabularies))]).toEqual([2, 2, 2, UNKNOWN, UNKNOWN, 2, MISSING, 2, UNKNOWN, UNKNOWN])
  })

  test('find their columns by name', () => {
    const [a, b] = features([['x'], ['p']])
    expect([...encodeColumns(columns, [b!, a!])].slice(0, 2)).toEqual([2, 2])
    expect([...encodeColumns(columns, [b!])]).toEqual([2, UNKNOWN, 2, 2, UNKNOWN])
  })

  test('take any text as a value', () => {
    const odd = new Columns(['a'])
    for (const value of ['__proto__', 'constructor', '', '\u0000']) odd.add([value])
    const vocabularies = fitVocabulary([{ columns: odd, fitted: () => true }], 1)
    expect([...encodeColumns(odd, [{ name: 'a', vocabulary: vocabularies[0] ?? [] }])].toSorted()).toEqual([2, 3, 4, 5])
  })
})

describe('the label coder', () => {
  const labels = [label('pods', 'create'), label('deployments', 'patch', { group: 'apps' }), label('nodes', 'delete', { namespaced: false }), label('widgets', 'get', { group: 'example.com', single: false })]
  const coder = LinkedCoder.fit([...labels, null, labels[0]!])

  test('gives every training label a pair, and the pair the label back', () => {
    for (const one of labels) {
      const [resource, action] = coder.encode(one)
      expect(coder.label(resource, action)).toEqual(one)
    }
    expect(coder.encode(label('secrets', 'create'))[0]).toBe(-1)
  })

  test('survives the model folder', () => {
    const copy = LinkedCoder.from(JSON.parse(JSON.stringify(coder.data)))
    expect([...copy.pairs]).toEqual([...coder.pairs])
    expect(() => LinkedCoder.from({ ...coder.data, further: [[99, 0]] })).toThrow(/point nowhere/)
    expect(() => LinkedCoder.from({ ...coder.data, resources: [coder.data.resources[0]!, coder.data.resources[0]!] })).toThrow(/repeat/)
  })

  test('allows no pair that Kubernetes does not serve', () => {
    const pairs = new Set(Array.from({ length: coder.pairs.length / 2 }, (_, i) => labelKey(coder.label(coder.pairs[2 * i]!, coder.pairs[2 * i + 1]!))))
    expect(pairs.has(labelKey(label('nodes', 'delete', { namespaced: true })))).toBe(false)
    expect(pairs.has(labelKey(label('widgets', 'create', { group: 'example.com' })))).toBe(true)
  })
})

describe('decoding', () => {
  const [pods, apps, nodes] = [label('pods', 'create'), label('deployments', 'patch', { group: 'apps' }), label('nodes', 'delete', { namespaced: false })]
  const coder = LinkedCoder.fit([pods, apps, nodes])
  const none = SLOTS.map(() => null)
  const distribution = (source: Readonly<Record<number, number>>, words?: { resource: number; action: number }): Float32Array => {
    const values = new Float32Array(SOURCES + coder.resources + coder.actions)
    for (const [place, mass] of Object.entries(source)) values[Number(place)] = mass
    if (words) { values[SOURCES + words.resource] = 1; values[SOURCES + coder.resources + words.action] = 1 }
    return values
  }

  test('adds up what points at the same action', () => {
    const candidates = SLOTS.map((_, slot) => (slot === 1 || slot === 3 ? apps : slot === 2 ? nodes : null))
    const found = decodeLinked(coder, distribution({ [OWN]: 0.1, [slotClass(1)]: 0.2, [slotClass(2)]: 0.35, [slotClass(3)]: 0.25 }), 0, pods, candidates)
    expect(found.label).toEqual(apps)
    expect(found.confidence).toBeCloseTo(0.45, 5)
    expect(found.slot).toBe(3)
    expect(found.runnerUp).toEqual(nodes)
    expect(found.follows).toBeCloseTo(0.9, 5)
  })

  test('can give a label that training never met, by pointing', () => {
    const custom = label('widgets', 'delete', { group: 'example.com' })
    const found = decodeLinked(coder, distribution({ [slotClass(0)]: 0.9, [OWN]: 0.1 }), 0, pods, SLOTS.map((_, slot) => (slot === 0 ? custom : null)))
    expect(found.label).toEqual(custom)
    expect(found.slot).toBe(0)
  })

  test('never points at an empty slot, nor says an impossible pair', () => {
    const found = decodeLinked(coder, distribution({ [slotClass(0)]: 0.9, [ELSEWHERE]: 0.1 }, { resource: coder.encode(nodes)[0], action: coder.encode(pods)[1] }), 0, null, none)
    const { label: said } = found
    expect(said).not.toBeNull()
    expect(found.slot).toBe(-1)
    const pair = coder.encode(said!)
    expect(Array.from({ length: coder.pairs.length / 2 }, (_, i) => `${coder.pairs[2 * i]} ${coder.pairs[2 * i + 1]}`)).toContain(pair.join(' '))
    expect(labelKey(said!)).not.toBe(labelKey(label('nodes', 'create', { namespaced: true })))
  })

  test('tells a consequence like its own action from background', () => {
    expect(decodeLinked(coder, distribution({ [ALIKE]: 0.8, [OWN]: 0.2 }), 0, pods, none)).toMatchObject({ label: pods, slot: -1 })
    expect(decodeLinked(coder, distribution({ [ALIKE]: 0.8, [OWN]: 0.2 }), 0, pods, none).follows).toBeCloseTo(0.8, 5)
    expect(decodeLinked(coder, distribution({ [OWN]: 1 }), 0, pods, none).follows).toBe(0)
  })
})
