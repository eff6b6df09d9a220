import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBrushes, keepBrushed } from './brush'
import { numberAt, textAt, varies, wordAt, type ColumnFacts, type ColumnTable } from './column'
import { filterRows } from './filter-rows'
import { parseFilter } from './filter-text'
import { groupRows, spreadOf } from './group'
import { mergeTables, withoutRows } from './merge'
import { everyRow, orderRows } from './order'
import { fromWire, toWire, type WireCell } from './wire'

interface Row { readonly id: string; readonly size: number | null; readonly kind: string | null }
const facts: ColumnFacts = { title: 'Title', short: 'T', hint: '', better: null, format: String }
const cells = ({ size, kind }: Row): WireCell[] => [{ key: 'size', from: 'figures', value: size }, { key: 'kind', from: 'run', value: kind }]
const tableOf = (rows: readonly Row[]): ColumnTable => fromWire(JSON.parse(JSON.stringify(toWire(rows, (row) => row.id, cells))), () => facts)
const rowsOf = (table: ColumnTable): Row[] => table.ids.map((id, row) => ({ id, size: numberAt(table.columns.get('size'), row), kind: wordAt(table.columns.get('kind'), row) }))
const anyRows = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-z0-9]{1,6}$/), size: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)), kind: fc.option(fc.string()) }), { selector: (row) => row.id })
  // A column without any number travels as one of words.
  .map((rows) => [{ id: 'UP', size: 1, kind: 'x' }, ...rows])

describe('columns', () => {
  it('hold what the rows held', () => {
    fc.assert(fc.property(anyRows, (rows) => {
      expect(rowsOf(tableOf(rows))).toEqual(rows)
    }))
  })
  it('become words where a value is one, and are left out where there are none', () => {
    const wire = toWire([{ id: 'a', v: 1 }, { id: 'b', v: 'all' }], (row) => row.id, (row) => [{ key: 'v', from: 'settings', value: row.v }])
    const column = fromWire(wire, () => facts).columns.get('v')
    expect(column && [textAt(column, 0), textAt(column, 1)]).toEqual(['1', 'all'])
    expect(toWire([{ id: 'a' }], (row) => row.id, () => []).columns).toEqual([])
  })
  it('merge by id: what is fresh wins, what is new comes first, what is gone is gone', () => {
    fc.assert(fc.property(anyRows, anyRows, (old, fresh) => {
      const merged = rowsOf(mergeTables(tableOf(old), tableOf(fresh)))
      const isFresh = new Map(fresh.map((row) => [row.id, row]))
      expect(merged).toEqual([...fresh.filter((row) => !old.some(({ id }) => id === row.id)), ...old.map((row) => isFresh.get(row.id) ?? row)])
      expect(rowsOf(withoutRows(tableOf(old), new Set(['UP'])))).toEqual(old.slice(1))
    }))
  })
})

describe('order', () => {
  it('is that of a comparison sort, ties as they came, rows without a value last', () => {
    fc.assert(fc.property(anyRows, fc.boolean(), (rows, desc) => {
      const table = tableOf(rows)
      const order = [...orderRows(everyRow(rows.length), [{ id: 'size', desc }], table.columns)]
      const sign = desc ? -1 : 1
      const wanted = rows.map((row, place) => ({ row, place })).sort((a, b) => {
        if (a.row.size === null || b.row.size === null) return Number(a.row.size === null) - Number(b.row.size === null) || a.place - b.place
        return sign * (a.row.size - b.row.size) || a.place - b.place
      })
      expect(order).toEqual(wanted.map(({ place }) => place))
    }))
  })
  it('sorts by the second where the first says nothing, and numbers in names as numbers', () => {
    const table = tableOf([{ id: 'a', size: 1, kind: 'W = 10' }, { id: 'b', size: 2, kind: 'W = 5' }, { id: 'c', size: 1, kind: 'W = 9' }])
    expect([...orderRows(everyRow(3), [{ id: 'size', desc: false }, { id: 'kind', desc: false }], table.columns)]).toEqual([2, 0, 1])
  })
})

describe('the filter', () => {
  it('reads conditions with and without spaces, quotes and minus', () => {
    expect(parseFilter('window >= 20 protocol=blocked -worker:2 "two words" -x')).toEqual([
      { kind: 'condition', name: 'window', operator: '>=', value: '20', not: false },
      { kind: 'condition', name: 'protocol', operator: '=', value: 'blocked', not: false },
      { kind: 'condition', name: 'worker', operator: ':', value: '2', not: true },
      { kind: 'word', text: 'two words', not: false },
      { kind: 'word', text: 'x', not: true },
    ])
  })
  it('reads any text to its end', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(Array.isArray(parseFilter(text))).toBe(true)
    }))
  })
  it('asks for nothing while a value is still typed', () => expect(parseFilter('abc window >=')).toEqual([{ kind: 'word', text: 'abc', not: false }]))

  const rows: Row[] = [{ id: 'a', size: 5, kind: 'paper' }, { id: 'b', size: 20, kind: 'blocked' }, { id: 'c', size: null, kind: null }]
  const table = tableOf(rows)
  const ids = (text: string): string[] => {
    const { mask } = filterRows(text, { count: 3, column: (name) => table.columns.get(name), texts: () => rows.map((row) => `#${row.id} ${row.kind}`) })
    return rows.filter((_, row) => mask[row] === 1).map((row) => row.id)
  }
  it('compares numbers and words, and lets nothing without a value through', () => {
    expect([ids('size>=5'), ids('size > 5'), ids('size!=5'), ids('kind=Paper'), ids('kind!=paper'), ids('kind:block')]).toEqual([['a', 'b'], ['b'], ['b', 'c'], ['a'], ['b', 'c'], ['b']])
  })
  it('finds words, and turns each part round by a minus', () => {
    expect([ids('#a'), ids('-paper'), ids('-size>=5'), ids('-kind:block')]).toEqual([['a'], ['b', 'c'], ['c'], ['a', 'c']])
  })
  it('says what it cannot make sense of, and shows nothing by it', () => {
    const of = { count: 3, column: (name: string) => table.columns.get(name), texts: () => [] }
    expect(filterRows('constructor=1', of)).toEqual({ mask: new Uint8Array(3), problems: ['There is no column "constructor".'] })
    expect(filterRows('size>many', of)).toEqual({ mask: new Uint8Array(3), problems: ['"Title" holds numbers, so that it cannot be compared with "many".'] })
  })
})

describe('groups', () => {
  const table = tableOf([{ id: 'a', size: 1, kind: 'x' }, { id: 'b', size: 5, kind: 'y' }, { id: 'c', size: 4, kind: 'x' }, { id: 'd', size: null, kind: 'x' }])
  const [size, kind] = [table.columns.get('size')!, table.columns.get('kind')!]
  it('are in the order of their first rows, with mean and sample deviation', () => {
    const groups = groupRows(everyRow(4), [kind], textAt)
    expect(groups.map(({ texts, rows }) => [texts, [...rows]])).toEqual([[['x'], [0, 2, 3]], [['y'], [1]]])
    // statistics.stdev([1, 4]) of Python
    expect(spreadOf(size, groups[0]!.rows)).toEqual({ count: 2, mean: 2.5, deviation: 2.1213203435596424 })
    expect(spreadOf(size, groups[1]!.rows)).toEqual({ count: 1, mean: 5, deviation: null })
  })
  it('tell what varies', () => {
    expect([varies(kind, Int32Array.of(0, 2, 3)), varies(kind, everyRow(4)), varies(size, Int32Array.of(3, 3))]).toEqual([false, true, false])
  })
})

describe('brushes', () => {
  it('keep a stretch of numbers and a set of words', () => {
    const table = tableOf([{ id: 'a', size: 1, kind: 'x' }, { id: 'b', size: 5, kind: 'y' }, { id: 'c', size: null, kind: 'x' }])
    const kept = (text: string): number[] => {
      const mask = new Uint8Array(3).fill(1)
      keepBrushed(mask, readBrushes(text), table.columns)
      return [...mask]
    }
    expect([kept('size:1..4'), kept('size:5..9'), kept('kind:=x'), kept('kind:=x\\,y,size:0..9'), kept('gone:=x'), kept('gone:1..2,nonsense')]).toEqual([[1, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 0], [0, 0, 0], [1, 1, 1]])
  })
})
