import { describe, expect, it } from 'vitest'
import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { lineColumns } from '@/lib/experiments/compare/line-columns'
import { pairLines } from '@/lib/experiments/compare/paired-lines'
import { filterLines, nextPlace, outcomeAt, valueCounts } from './line-filter'
import { linesCsv } from './lines-csv'
import { linesCodec, narrowed, toggled, type LinesState } from './lines-state'
import { verdict } from './verdict'

const answers = (got: readonly string[]) => {
  const labels = ['/pods||1|1|1', '/secrets||4|1|1']
  return { auditIDs: ['e', 'd', 'c', 'b'], labels, want: Int32Array.of(0, 0, 1, 1), got: Int32Array.from(got, (name) => labels.findIndex((label) => label.includes(name))), confidence: Float32Array.of(0.5, 0.25, 1, 0.12345678) }
}
const facet = (seq: number, more: object = {}) => ({ seq, micros: 1000 - seq, verb: 'get', user: 'eve', resource: 'pods', object: 'shop/web', agent: 'kubectl', code: 200, context: 'c1', ...more })
const pairs = pairLines(answers(['pods', 'secrets', 'secrets', 'pods']), answers(['pods', 'pods', 'pods', 'pods']))
const lines: LineColumns = lineColumns(pairs, [facet(1), facet(2, { verb: 'list', context: null }), facet(3, { user: '=cmd|x' }), undefined], 100)
const state = (more: Partial<LinesState> = {}): LinesState => ({ ...linesCodec.read(new URLSearchParams()), ...more })
const ids = (places: Int32Array): string => [...places].map((line) => lines.auditID[line]).join('')

describe('the lines to look at', () => {
  it('stand in order of the log, those without an event last', () => {
    expect(lines.auditID).toEqual(['c', 'd', 'e', 'b'])
    expect([0, 1, 2, 3].map((line) => outcomeAt(lines, line))).toEqual(['a', 'b', 'both', 'neither'])
  })
  it('lose those that both have right where they are too many', () => {
    expect(lineColumns(pairs, pairs.auditIDs.map(() => undefined), 3)).toMatchObject({ of: 4, auditID: ['d', 'c', 'b'] })
  })
  it('are narrowed by outcome, kind and text', () => {
    expect(ids(filterLines(lines, state()))).toBe('cd')
    expect(ids(filterLines(lines, state({ show: ['both', 'neither', 'a', 'b'] })))).toBe('cdeb')
    expect(ids(filterLines(lines, state({ only: { verb: 'get' } })))).toBe('c')
    expect(ids(filterLines(lines, state({ only: { label: '/pods||1|1|1' } })))).toBe('d')
    expect(ids(filterLines(lines, state({ only: { context: 'no such' } })))).toBe('')
    expect(ids(filterLines(lines, state({ q: 'SECRETS' })))).toBe('cd')
    expect(ids(filterLines(lines, state({ q: '=cmd' })))).toBe('c')
  })
  it('are counted by kind, and walked by difference', () => {
    const all = filterLines(lines, state({ show: ['a', 'b', 'both', 'neither'] }))
    expect(valueCounts(lines, all, 'verb')).toEqual([{ value: 'get', count: 2 }, { value: 'list', count: 1 }])
    const neither = (line: number): boolean => outcomeAt(lines, line) === 'neither'
    expect([nextPlace(all, 0, 1, neither), nextPlace(all, 3, 1, neither), nextPlace(all, 3, -1, neither)]).toEqual([3, 3, 3])
  })
  it('go to CSV with nothing that a spreadsheet would run', () => {
    const text = linesCsv(lines, filterLines(lines, state()))
    expect(text.split('\r\n')[0]).toBe('auditID,seq,requestReceivedTimestamp,verb,user,resource,object,userAgent,code,context,rightIs,want,labelA,confidenceA,labelB,confidenceB')
    expect(text).toContain("'=cmd|x")
    expect(text).toContain('1970-01-01T00:00:00.000997Z')
    expect(text.trim().split('\r\n')).toHaveLength(3)
  })
})

describe('the address', () => {
  it('holds all of the state', () => {
    const full: LinesState = { a: 'r1', b: 'r2', runs: ['r1', 'r2', 'r3'], show: ['a', 'neither'], only: { label: '/pods||1|1|1', context: 'c,1' }, q: 'web', by: 'context', at: 'id', raw: true }
    expect(linesCodec.read(new URLSearchParams(linesCodec.write(full).toString()))).toEqual(full)
    expect(linesCodec.write(state({ a: 'x', b: 'y' })).toString()).toBe('a=x&b=y')
    expect(linesCodec.read(new URLSearchParams('show=&by=nonsense'))).toMatchObject({ show: [], by: 'label' })
  })
  it('changes one thing at a time', () => {
    expect(toggled(['b', 'a'], 'neither')).toEqual(['a', 'b', 'neither'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
    expect(narrowed(narrowed({ verb: 'get' }, 'user', 'eve'), 'verb', null)).toEqual({ user: 'eve' })
  })
})

describe('the verdict', () => {
  const figure = (value: number, low: number, high: number) => ({ a: { value: 0, low: 0, high: 0 }, b: { value: 0, low: 0, high: 0 }, difference: { value, low, high, p: 0 } })
  const said = (counts: { a: number; b: number }, byLines: [number, number], byContexts: [number, number], units = 40): string => verdict({
    counts: { ...counts, both: 80, neither: 10 }, lines: 100, byLines: { evenUnits: 100, accuracy: figure(0, ...byLines) }, byContexts: { evenUnits: units, accuracy: figure(0, ...byContexts) },
  }, 'A', 'B')
  it('goes by contexts, and says where lines alone would say more', () => {
    expect(said({ a: 2, b: 8 }, [0.01, 0.1], [0.01, 0.1])).toBe('B has 6 more of 100 lines right than A. More than chance, drawn by lines and by contexts.')
    expect(said({ a: 8, b: 2 }, [-0.1, -0.01], [-0.12, 0.01])).toBe('A has 6 more of 100 lines right than B. Drawn by lines that is more than chance, but not drawn by contexts, whose lines stand or fall together: other contexts might turn it round.')
    expect(said({ a: 4, b: 5 }, [-0.1, 0.1], [-0.12, 0.2])).toBe('B has 1 more of 100 lines right than A. That may well be chance.')
    expect(said({ a: 5, b: 5 }, [-0.1, 0.1], [-0.12, 0.2])).toBe('A and B have equally many of 100 lines right, 10 of them not the same.')
  })
  it('warns of few contexts', () => {
    expect(said({ a: 2, b: 8 }, [0.01, 0.1], [0.01, 0.1], 6)).toContain('few or of very unequal size (worth 6 equal ones)')
  })
})
