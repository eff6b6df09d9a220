import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readList, writeList } from '@/components/url/list-codec'
import { runLine, progressShare, type RunLine } from './run-line'
import { progressText } from './progress-text'
import { DEFAULT_COLUMNS, facetCounts, FACETS, runsCodec, runTest, type RunsState } from './runs-state'

const run = (more: Partial<RunLine>): RunLine => ({
  ...runLine({
    id: 'a', number: 1, name: 'W = 20', experimentId: null, experimentName: 'window-size', datasetId: 'd', datasetName: 'lab-a', preset: 'k8ntext', protocol: 'paper', seed: 1, axes: { window: 20 },
    state: 'done', attempt: 1, worker: null, cancelRequested: false, progress: null, engine: 'wasm', timings: null, metrics: null, error: null, tags: [], pinned: false, epochs: 3,
    createdAt: '2026-11-23T00:00:00Z', startedAt: null, finishedAt: null,
  }),
  ...more,
})

describe('lists in addresses', () => {
  it('come back as they went, whatever they hold', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1 })), (items) => {
      expect(readList(writeList(items))).toEqual(items)
    }))
  })
})

describe('the state of the runs table', () => {
  const word = fc.string({ minLength: 1 })
  const state: fc.Arbitrary<RunsState> = fc.record({
    q: fc.string(),
    facets: fc.dictionary(fc.constantFrom(...FACETS), fc.array(word, { minLength: 1 }), { noNullPrototype: true }),
    sort: fc.array(fc.record({ id: fc.stringMatching(/^[a-zA-Z0-9]+$/), desc: fc.boolean() }), { minLength: 1 }),
    group: fc.constantFrom(null, 'window' as const, ...FACETS),
    columns: fc.array(word, { minLength: 1 }),
    selected: fc.array(word),
  })
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
})

describe('filtering', () => {
  const runs = [run({ id: 'a', window: 5, windowF1: 0.81 }), run({ id: 'b', window: 20, windowF1: 0.97, protocol: 'blocked' }), run({ id: 'c', window: 60, windowF1: null, state: 'failed', name: 'W = 60', dataset: 'other' })]
  const ids = (q: string, facets: RunsState['facets'] = {}): string[] => runs.filter(runTest({ q, facets })).map((one) => one.id)
  it('compares columns and finds words', () => {
    expect(ids('w>=20')).toEqual(['b', 'c'])
    expect(ids('f1>.9')).toEqual(['b'])
    expect(ids('state:fail')).toEqual(['c'])
    expect(ids('other 60')).toEqual(['c'])
    expect(ids('w>5 protocol=blocked')).toEqual(['b'])
  })
  it('takes any of a facet’s values, and all facets together', () => {
    expect(ids('', { state: ['failed', 'done'] })).toEqual(['a', 'b', 'c'])
    expect(ids('', { state: ['done'], protocol: ['blocked'] })).toEqual(['b'])
  })
  it('reaches no property that a run does not have itself', () => {
    expect(ids('constructor:function')).toEqual([])
    expect(ids('toString:native')).toEqual([])
  })
  it('counts facets', () => {
    expect(facetCounts(runs, 'protocol')).toEqual([{ value: 'paper', count: 2 }, { value: 'blocked', count: 1 }])
  })
  it('filters ten thousand by text and facet at once', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => run({ id: String(i), window: i % 60 }))
    expect(many.filter(runTest({ q: 'w>50 lab', facets: { state: ['done'] } }))).toHaveLength(1494)
  })
})

describe('progress', () => {
  const progress = { phase: 'train' as const, done: 50, total: 100, unit: 'steps' as const, epoch: 3, epochs: 10, secondsLeft: 130 }
  it('counts epochs in training', () => expect(progressShare(progress)).toBe(0.25))
  it('says phase, place and time left', () => expect(progressText(progress)).toBe('Training, epoch 3 of 10, 50 of 100 steps, 2 min 10 s left'))
})
