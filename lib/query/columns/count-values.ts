import type { JsonValue } from '@/lib/audit/event'
import type { Bitmap } from './bitmap'
import type { DictionaryColumn, DictionaryValue } from './dictionary-column'

export interface ValueCount {
  /** Null stands for rows that have none. */
  readonly value: string | number | boolean | null
  readonly count: number
}

/**
 * The commonest values of a column among some rows, by count and then by value. An item of a list counts for the list, once;
 * objects count for nothing, as nothing is equal to one.
 */
export function countValues(column: DictionaryColumn, among: Bitmap, most: number): { readonly distinct: number; readonly values: readonly ValueCount[] } {
  const byCode = new Uint32Array(column.distinct)
  among.forEach((row) => { byCode[column.codes[row] ?? 0]!++ })
  const counts = new Map<string | number | boolean | null, number>()
  byCode.forEach((count, code) => {
    if (count === 0) return
    for (const item of itemsOf(column.dictionary.values[code])) counts.set(item, (counts.get(item) ?? 0) + count)
  })
  const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || compare(a.value, b.value))
  return { distinct: values.length, values: values.slice(0, most) }
}

function itemsOf(value: DictionaryValue): (string | number | boolean | null)[] {
  if (value === undefined) return [null]
  return (Array.isArray(value) ? [...new Set(value.flat())] : [value]).filter((item): item is Exclude<JsonValue, object> => item === null || typeof item !== 'object')
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : Number(left > right)
}
