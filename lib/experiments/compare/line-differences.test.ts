import { describe, expect, it } from 'vitest'
import { countOutcomes, groupDifferences, outcomeOf } from './outcomes'
import { pairLines } from './paired-lines'

const answers = (lines: readonly (readonly [id: string, want: string, got: string, confidence?: number])[]) => {
  const labels = [...new Set(lines.flatMap(([, want, got]) => [want, got]))]
  return {
    auditIDs: lines.map(([id]) => id), labels, want: Int32Array.from(lines, ([, want]) => labels.indexOf(want)), got: Int32Array.from(lines, ([,, got]) => labels.indexOf(got)),
    confidence: Float32Array.from(lines, ([,,, confidence]) => confidence ?? 0.5),
  }
}

const a = answers([['1', 'x', 'x'], ['2', 'x', 'y'], ['3', 'y', 'y'], ['4', 'z', 'x'], ['5', 'z', 'z'], ['7', 'x', 'x']])
const b = answers([['9', 'z', 'z'], ['4', 'z', 'y'], ['3', 'y', 'x', 0.25], ['2', 'x', 'x'], ['1', 'x', 'x'], ['7', 'y', 'y']])

describe('lines of two runs side by side', () => {
  const pairs = pairLines(a, b)
  it('are those in common, whatever their order and the order of labels', () => {
    expect(pairs.auditIDs).toEqual(['1', '2', '3', '4'])
    expect([...pairs.a].map((place) => pairs.labels[place])).toEqual(['x', 'y', 'y', 'x'])
    expect([...pairs.b].map((place) => pairs.labels[place])).toEqual(['x', 'x', 'x', 'y'])
    expect(pairs.confidenceB[2]).toBe(0.25)
  })
  it('tell those of one run alone, and those that were labelled anew', () => {
    expect(pairs).toMatchObject({ onlyInA: 1, onlyInB: 1, relabelled: 1 })
  })
  it('are counted by who has them right', () => {
    expect(countOutcomes(pairs)).toEqual({ a: 1, b: 1, both: 1, neither: 1 })
    expect([0, 1, 2, 3].map((line) => outcomeOf(pairs, line))).toEqual(['both', 'b', 'a', 'neither'])
  })
  it('are refused where none is in common', () => {
    expect(() => pairLines(a, answers([['8', 'x', 'x']]))).toThrow(expect.objectContaining({ code: 'no-common-lines' }))
  })
})

describe('differences by kind of line', () => {
  const line = (group: string, want: string, left: string, right: string) => ({ group, want, left, right })
  const lines = [
    ...Array.from({ length: 6 }, () => line('gains', 'x', 'y', 'x')), ...Array.from({ length: 4 }, () => line('shifts', 'x', 'y', 'x')), ...Array.from({ length: 4 }, () => line('shifts', 'x', 'x', 'y')),
    ...Array.from({ length: 30 }, () => line('same', 'x', 'x', 'x')), line('none', 'x', 'x', 'y'),
  ]
  const pairs = pairLines(answers(lines.map((one, i) => [String(i), one.want, one.left])), answers(lines.map((one, i) => [String(i), one.want, one.right])))
  const rows = groupDifferences(pairs, (i) => { const group = lines[i]?.group ?? ''; return group === 'none' ? null : group })
  it('come with what matters first, and leave out what has no kind', () => {
    expect(rows.map(({ key, lines: count, counts }) => [key, count, counts.a, counts.b])).toEqual([['gains', 6, 0, 6], ['shifts', 8, 4, 4], ['same', 30, 0, 0]])
  })
  it('tell how sure they are', () => {
    expect(rows.map(({ difference }) => difference)).toEqual([1, 0, 0])
    expect(rows[0]?.p).toBeCloseTo(2 / 64, 12)
    expect(rows.slice(1).map(({ p }) => p)).toEqual([1, 1])
  })
})
