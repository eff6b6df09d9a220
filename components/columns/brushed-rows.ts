import { keepBrushed, type Brush } from './brush'
import type { Column } from './column'

/** Those of the rows that every brush holds. */
export function brushedRows(rows: Int32Array, brushes: readonly Brush[], columns: ReadonlyMap<string, Column>, count: number): Int32Array {
  if (brushes.length === 0) return rows
  const mask = new Uint8Array(count).fill(1)
  keepBrushed(mask, brushes, columns)
  return rows.filter((row) => mask[row] === 1)
}
