import { describe, expect, it } from 'vitest'
import { change, classDifferences, flatten, settingRows } from './differences'
import { compareCodec } from './compare-state'

describe('settings side by side', () => {
  it('flattens and marks what differs, missing ones too', () => {
    expect([...flatten({ a: 1, split: { test: 0.1, validation: 0.2 } }).keys()]).toEqual(['a', 'split.test', 'split.validation'])
    const rows = settingRows([{ window: 5, stride: 1 }, { window: 20, stride: 1, vote: 'weighted' }])
    expect(rows).toEqual([
      { name: 'window', values: ['5', '20'], differs: true },
      { name: 'stride', values: ['1', '1'], differs: false },
      { name: 'vote', values: [null, 'weighted'], differs: true },
    ])
  })
})

describe('differences by label', () => {
  const result = (label: string, f1: number, support = 10) => ({ label, f1, support, code: null, predicted: support, precision: f1, recall: f1 })
  it('puts the largest disagreement first and keeps gaps', () => {
    const rows = classDifferences([[result('a', 0.9), result('b', 0.2)], [result('a', 0.95), result('b', 0.8), result('c', 1)], null])
    expect(rows.map((row) => [row.label, row.spread.toFixed(2)])).toEqual([['b', '0.60'], ['a', '0.05'], ['c', '0.00']])
    expect(rows[2]?.scores).toEqual([null, 1, null])
  })
})

describe('change against the baseline', () => {
  it('knows which way is better', () => {
    expect(change(0.9, 0.8, 'more')?.good).toBe(true)
    expect(change(10, 5, 'less')?.good).toBe(false)
    expect(change(10, 5, null)?.good).toBeNull()
    expect(change(5, 5, 'more')).toBeNull()
  })
})

describe('the state of the comparison', () => {
  it('is whole in the address', () => {
    const state = { runs: ['a', 'b'], baseline: 'a', all: true, curve: 'loss' as const, smoothing: 0.5 }
    expect(compareCodec.read(new URLSearchParams(compareCodec.write(state).toString()))).toEqual(state)
    expect(compareCodec.read(new URLSearchParams('runs=a,a,b&curve=nonsense')).runs).toEqual(['a', 'b'])
  })
})
