import type { DictionaryColumn } from './dictionary-column'

const LONGEST = 200

/** A value as completion offers it, and in how many rows it stands. */
export interface SeenValue {
  readonly value: string
  readonly count: number
}

/** Texts and numbers of a column, and the items of its lists, that hold `part` (case apart), commonest first; those that begin with it before the others. */
export function seenValues(column: DictionaryColumn, most: number, part = ''): SeenValue[] {
  const counts = new Map<string, number>()
  const wanted = part.toLowerCase()
  for (let code = 1; code < column.distinct; code++) {
    const count = column.postings.countOf(code)
    if (count === 0) continue
    const value = column.dictionary.values[code]
    for (const item of Array.isArray(value) ? new Set(value.flat()) : [value]) {
      if (item === null || item === undefined || typeof item === 'object') continue
      const text = String(item)
      if (text.length <= LONGEST && (wanted === '' || text.toLowerCase().includes(wanted))) counts.set(text, (counts.get(text) ?? 0) + count)
    }
  }
  const begins = (text: string): number => Number(text.toLowerCase().startsWith(wanted))
  return [...counts].sort(([a, m], [b, n]) => begins(b) - begins(a) || n - m || (a < b ? -1 : 1)).slice(0, most).map(([value, count]) => ({ value, count }))
}
