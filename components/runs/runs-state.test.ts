import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readList, writeList } from '@/components/url/list-codec'
import { columnKey, DEFAULT_COLUMNS, FACETS, PLOTS, runsCodec, viewState, type RunsState } from './runs-state'
import { progressShare } from './run-line'
import { progressText } from './progress-text'

describe('lists in addresses', () => {
  it('come back as they went, whatever they hold', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1 })), (items) => {
      expect(readList(writeList(items))).toEqual(items)
    }))
  })
})

const word = fc.string({ minLength: 1 })
const key = fc.stringMatching(/^[a-zA-Z0-9.]+$/).map(columnKey)
const keys = fc.uniqueArray(key)
const brush = fc.oneof(
  fc.record({ key: fc.stringMatching(/^[\w.]{1,20}$/), low: fc.double({ noNaN: true, noDefaultInfinity: true }), high: fc.double({ noNaN: true, noDefaultInfinity: true }) }).map((one) => ({ ...one, low: one.low + 0, high: one.high + 0 })),
  fc.record({ key: fc.stringMatching(/^[\w.]{1,20}$/), words: fc.array(word, { minLength: 1 }) }),
)
const state: fc.Arbitrary<RunsState> = fc.record({
  q: fc.string(),
  facets: fc.dictionary(fc.constantFrom(...FACETS), fc.array(word, { minLength: 1 }), { noNullPrototype: true }),
  sort: fc.array(fc.record({ id: key, desc: fc.boolean() }), { minLength: 1 }),
  group: keys,
  open: fc.boolean(),
  columns: fc.uniqueArray(key, { minLength: 1 }),
  selected: fc.array(word),
  base: fc.constantFrom(null, 'none', 'abc'),
  differs: fc.boolean(),
  plot: fc.constantFrom(null, ...PLOTS),
  axes: keys,
  x: fc.option(key),
  y: fc.option(key),
  color: fc.option(key),
  brushes: fc.array(brush),
})

describe('the state of the runs table', () => {
  it('is whole in the address', () => {
    fc.assert(fc.property(state, (value) => {
      expect(runsCodec.read(new URLSearchParams(runsCodec.write(value).toString()))).toEqual(value)
    }))
  })
  it('leaves the address empty when nothing is chosen', () => {
    const plain = runsCodec.read(new URLSearchParams())
    expect(plain.columns).toEqual(DEFAULT_COLUMNS)
    expect(runsCodec.write(plain).toString()).toBe('')
  })
  it('reads addresses of earlier versions', () => {
    expect(runsCodec.read(new URLSearchParams('sort=-windowF1&cols=number,lineF1,createdAt&group=window'))).toMatchObject({ sort: [{ id: 'windowPartsF1', desc: true }], columns: ['number', 'lineMacroF1', 'created'], group: ['window'] })
  })
  it('keeps all but the selection in a saved view', () => {
    fc.assert(fc.property(state, (value) => {
      expect(runsCodec.read(new URLSearchParams(viewState(value)))).toEqual({ ...value, selected: [] })
    }))
  })
})

describe('progress', () => {
  const progress = { phase: 'train' as const, done: 50, total: 100, unit: 'steps' as const, epoch: 3, epochs: 10, secondsLeft: 130 }
  it('counts epochs in training', () => expect(progressShare(progress)).toBe(0.25))
  it('says phase, place and time left', () => expect(progressText(progress)).toBe('Training, epoch 3 of 10, 50 of 100 steps, 2 min 10 s left'))
})
