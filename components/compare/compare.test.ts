import { describe, expect, it } from 'vitest'
import { change, classDifferences, flatten, settingRows } from './differences'
import type { Point } from '@/lib/experiments/points'
import type { RunView } from '@/components/runs/run-view'
import { compareCodec } from './compare-state'
import type { ComparedRun } from './compared-run'
import { figureOf, repeatedFigures, repetitionGroups } from './repetition-groups'

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
    const state = { runs: ['a', 'b'], baseline: 'a', all: true, curve: 'loss' as const, smoothing: 0.5, pair: 'b', by: 'context' as const, measure: 'trainSeconds' }
    expect(compareCodec.read(new URLSearchParams(compareCodec.write(state).toString()))).toEqual(state)
    expect(compareCodec.read(new URLSearchParams('runs=a,a,b&curve=nonsense')).runs).toEqual(['a', 'b'])
  })
})

describe('repetitions', () => {
  const of = (id: string, seed: number, window: number, lineMacroF1: number): ComparedRun => ({
    run: { id, number: Number(id), name: id, datasetName: 'lab', preset: 'k8ntext', protocol: 'blocked', seed, axes: {}, params: { window, seed, split: { test: 0.1 } }, metrics: { lineMacroF1 }, timings: null, points: [] } as unknown as RunView,
    epochs: [], look: { color: '#000', marker: 'dot' }, name: `#${id}`,
  })
  const runs = [of('1', 1, 20, 0.5), of('2', 2, 20, 0.6), of('3', 1, 60, 0.8), of('4', 2, 60, 0.9), of('5', 1, 5, 0.4)]
  const groups = repetitionGroups(runs)
  it('are runs that differ in nothing but the seed, named by what differs', () => {
    expect(groups.map((group) => [group.name, group.runs.map((one) => one.run.id)])).toEqual([['window 20', ['1', '2']], ['window 60', ['3', '4']], ['window 5', ['5']]])
  })
  it('are compared seed by seed with the baseline’s, and not where one is alone', () => {
    const [own, other, single] = repeatedFigures(groups, runs[0]!, 'lineMacroF1')
    expect([own?.comparison, single?.comparison]).toEqual([null, null])
    expect(other?.comparison?.paired).toBe(true)
    expect(other?.comparison?.difference.value).toBeCloseTo(0.3, 12)
    // Two seeds: of the four ways to flip signs one is as far out, on either side.
    expect(other?.comparison?.permutation).toMatchObject({ p: 0.5, exact: true })
  })
  it('take the figure of a measurement from its one point, and of several from none', () => {
    const measured = (points: readonly Point[]): ComparedRun => ({ ...runs[0]!, run: { ...runs[0]!.run, metrics: null, points } as unknown as RunView })
    const seconds = { id: 'lineMacroF1', from: 'points' as const }
    expect(figureOf(measured([{ axes: {}, measures: { lineMacroF1: 0.25 } }]), seconds)).toBe(0.25)
    expect(figureOf(measured([{ axes: { form: 'a' }, measures: { lineMacroF1: 0.25 } }, { axes: { form: 'b' }, measures: { lineMacroF1: 0.5 } }]), seconds)).toBeNull()
  })
})
