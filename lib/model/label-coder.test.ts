import { describe, expect, test } from 'vitest'
import { makeLabel } from '@/lib/labels/codec'
import { PAPER_TABLE, RESOURCE_TABLE, verbClassesOf } from '@/lib/labels/resource-table'
import { classKey, HEADS, LabelCoder } from './label-coder'
import { decodeDistribution } from './label-decode'

const exec = makeLabel({ group: '', resource: 'pods', subresource: 'exec', verb: 'create', namespaced: true, single: true })
const scale = makeLabel({ group: 'apps', resource: 'deployments', subresource: 'scale', verb: 'update', namespaced: true, single: true })
const widget = makeLabel({ group: 'shop.example', resource: 'widgets', verb: 'delete', namespaced: true, single: false })
const widgetStatus = makeLabel({ group: 'shop.example', resource: 'widgets', subresource: 'status', verb: 'patch', namespaced: true, single: true })
const policy = makeLabel({ group: 'admissionregistration.k8s.io', resource: 'validatingadmissionpolicies', verb: 'list', namespaced: false, single: false })

const tupleOf = (coder: LabelCoder, label: typeof exec) => coder.tupleOf(...coder.encode(label))

/** Five distributions with `sure` on the wanted class of each head and the rest spread evenly. */
function distribution(coder: LabelCoder, classes: readonly number[], sure = 0.9): Float32Array {
  const k = coder.classes
  const values = new Float32Array(HEADS * k).fill((1 - sure) / (k - 1))
  classes.forEach((index, head) => { values[head * k + index] = sure })
  return values
}

describe('the shared ids', () => {
  test('the paper has 59 classes', () => {
    const coder = LabelCoder.fit([])
    expect(coder.classes).toBe(59)
    expect(coder.ids[0]).toBe(0)
    expect(coder.ids.at(-1)).toBe(904)
  })
  test('ids of training labels join them, sorted, and survive as data', () => {
    const coder = LabelCoder.fit([exec, policy, widget, null])
    expect(coder.classes).toBe(61)
    expect([...coder.ids]).toEqual([...coder.ids].sort((a, b) => a - b))
    const again = LabelCoder.from(JSON.parse(JSON.stringify(coder.toData())))
    expect(again.encode(widget)).toEqual(coder.encode(widget))
    expect(again.label(tupleOf(again, widget))).toEqual(widget)
  })
  test('a small coder holds only what it saw', () => {
    const coder = LabelCoder.fit([exec, scale], { paperIds: false })
    expect([...coder.ids]).toEqual([0, 1, 2, 3, 4, 5, 16])
  })
  test('ids out of order are refused', () => {
    expect(() => LabelCoder.from({ ids: [0, 2, 1], custom: [], further: [] })).toThrow(/not ascending/)
  })
})

describe('encode and label', () => {
  const coder = LabelCoder.fit([exec, scale, widget, policy])
  test('every label of the paper\'s table comes back', () => {
    for (const entry of PAPER_TABLE) {
      for (const verb of verbClassesOf(entry)) {
        const label = makeLabel({ group: entry.group, resource: entry.resource, subresource: entry.subresource, verb, namespaced: entry.namespaced, single: true })
        expect(coder.label(tupleOf(coder, label))).toEqual(label)
        expect(coder.key(tupleOf(coder, label))).toBe(classKey(label))
      }
    }
  })
  test('so do newer and custom resources that were trained on, and their status', () => {
    for (const label of [policy, widget, widgetStatus]) expect(coder.label(tupleOf(coder, label))).toEqual(label)
  })
  test('null is zeros, an id never trained on is -1', () => {
    expect(coder.encode(null)).toEqual([0, 0, 0, 0, 0])
    expect(coder.label(0)).toBeNull()
    expect(coder.key(0)).toBe('unknown')
    expect(coder.encode(makeLabel({ group: 'x.example', resource: 'gadgets', verb: 'get', namespaced: true, single: true }))[0]).toBe(-1)
    expect(LabelCoder.fit([]).encode(policy)[0]).toBe(-1)
  })
  test('an action that no table row allows is a label once it was trained on', () => {
    const refused = makeLabel({ group: '', resource: 'bindings', verb: 'delete', namespaced: true, single: true })
    expect(coder.label(tupleOf(coder, refused))).toBeNull()
    const taught = LabelCoder.from(LabelCoder.fit([refused]).toData())
    expect(taught.label(tupleOf(taught, refused))).toEqual(refused)
  })
  test('an impossible tuple has no label', () => {
    const [r, s, n, u] = coder.encode(exec)
    const tuple = coder.tupleOf(r, s, n, u, coder.encode(widget)[4])
    expect(coder.label(tuple)).toBeNull()
    expect(coder.key(tuple)).toBe('impossible')
  })
  test('a tuple number gives its parts back', () => {
    expect(coder.partsOf(coder.tupleOf(60, 0, 1, 59, 7))).toEqual([60, 0, 1, 59, 7])
  })
})

describe('decode', () => {
  const coder = LabelCoder.fit([exec, scale, widget, policy])
  test.each(['paper', 'valid'] as const)('%s: a clear answer is taken, with the product of its probabilities', (mode) => {
    const { tuple, confidence } = decodeDistribution(coder, distribution(coder, coder.encode(scale)), 0, mode)
    expect(coder.label(tuple)).toEqual(scale)
    expect(confidence).toBeCloseTo(0.9 ** 5, 6)
  })
  test('an impossible answer is unknown as published, and the best possible tuple in valid mode', () => {
    const values = distribution(coder, coder.encode(exec))
    const [deleteIndex, createIndex] = [coder.encode(widget)[4], coder.encode(exec)[4]]
    values[4 * coder.classes + deleteIndex] = 0.6
    values[4 * coder.classes + createIndex] = 0.3
    expect(coder.label(decodeDistribution(coder, values, 0, 'paper').tuple)).toBeNull()
    expect(coder.label(decodeDistribution(coder, values, 0, 'valid').tuple)).toEqual(exec)
  })
  test('valid mode finds what trying every row of the table finds', () => {
    const k = coder.classes
    for (let trial = 0; trial < 20; trial++) {
      const values = Float32Array.from({ length: HEADS * k }, (_, i) => ((i + 1) * 7919 * (trial + 3)) % 997 / 997)
      const { tuple } = decodeDistribution(coder, values, 0, 'valid')
      const rows = RESOURCE_TABLE.flatMap((entry) => verbClassesOf(entry).map((verb) => coder.encode(makeLabel({ ...entry, verb, single: true }))))
      const score = (parts: number[]) => values[parts[0]!]! * values[k + parts[1]!]! * values[4 * k + parts[4]!]!
      const best = Math.max(...rows.filter((row) => row[0] >= 0).map(score), score([0, 0, 0, 0, 0]))
      expect(score(coder.partsOf(tuple))).toBeGreaterThanOrEqual(best)
    }
  })
  test('reads at an offset', () => {
    const values = distribution(coder, coder.encode(exec))
    const shifted = new Float32Array(values.length + 7)
    shifted.set(values, 7)
    expect(decodeDistribution(coder, shifted, 7, 'valid')).toEqual(decodeDistribution(coder, values, 0, 'valid'))
  })
})
