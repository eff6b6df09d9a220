import type { Brush } from './brush'
import type { Column, ColumnTable } from './column'

/** What both drawings over columns take. */
export interface RowsPlotProps {
  readonly table: ColumnTable
  /** Rows that are drawn; brushes say which of them stand out. */
  readonly rows: Int32Array
  readonly color: Column | null
  readonly brushes: readonly Brush[]
  readonly onBrushes: (next: (now: readonly Brush[]) => readonly Brush[]) => void
  /** Rows with a label of their own: the baseline, selected ones. */
  readonly marked?: readonly number[]
  /** What a row is called on hover. */
  readonly nameOf: (row: number) => string
  readonly onOpen?: (row: number) => void
  readonly height?: number
}

/** The brushes with that of one axis put in its place, or taken away. */
export function withBrush(brushes: readonly Brush[], key: string, brush: Brush | null): readonly Brush[] {
  const others = brushes.filter((other) => other.key !== key)
  return brush ? [...others, brush] : others
}
