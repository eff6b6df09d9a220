import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeLabel } from '@/lib/labels/codec'
import { labelKey } from '@/lib/labels/label-key'
import { noisyLabels } from './label-noise'
import { LabelPool, wrongPlaces } from './wrong-labels'

const LABELS = ['pods', 'services', 'secrets', 'nodes'].map((resource) => makeLabel({ group: '', resource, verb: 'get', namespaced: resource !== 'nodes', single: true }))
const share = fc.double({ min: 0, max: 1, noNaN: true })
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 })

describe('wrongPlaces', () => {
  it('holds exactly the share, and all places of a smaller one', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), share, share, seed, (count, one, other, by) => {
      const [small, large] = [wrongPlaces(count, Math.min(one, other), by), wrongPlaces(count, Math.max(one, other), by)]
      expect(small.size).toBe(Math.round(count * Math.min(one, other)))
      for (const place of small) expect(large.has(place)).toBe(true)
      for (const place of large) expect(place >= 0 && place < count).toBe(true)
    }))
  })

  it('follows the seed', () => {
    expect(wrongPlaces(1000, 0.1, 7)).toEqual(wrongPlaces(1000, 0.1, 7))
    expect([...wrongPlaces(1000, 0.1, 7)]).not.toEqual([...wrongPlaces(1000, 0.1, 8)])
  })
})

describe('LabelPool', () => {
  it('never gives a label that it must not, and every other one in time', () => {
    const pool = new LabelPool([...LABELS, null, ...LABELS])
    const not = [LABELS[0] ?? null, null]
    const drawn = new Set(Array.from({ length: 200 }, (_, place) => labelKey(pool.wrong(not, place, 3) ?? { resource: 'none' })))
    expect([...drawn].sort()).toEqual(LABELS.slice(1).map(labelKey).sort())
  })

  it('has nothing wrong to give where a log has one label', () => {
    expect(new LabelPool([LABELS[0] ?? null]).wrong([LABELS[0] ?? null], 0, 1)).toBeUndefined()
  })
})

describe('noisyLabels', () => {
  const given = new Map(Array.from({ length: 250 }, (_, i) => [`id-${i}`, LABELS[i % LABELS.length] ?? makeLabel({ group: '', resource: 'pods', verb: 'get', namespaced: true, single: true })]))

  it('changes exactly the share of the labels', () => {
    fc.assert(fc.property(share, seed, (part, by) => {
      const noisy = noisyLabels(given, part, by)
      const changed = [...given].filter(([id, label]) => labelKey(noisy.get(id) ?? label) !== labelKey(label))
      expect([...noisy.keys()]).toEqual([...given.keys()])
      expect(changed).toHaveLength(Math.round(given.size * part))
    }), { numRuns: 40 })
  })
})
