import type { PathNode } from '../nodes'
import type { Bitmap } from './bitmap'
import type { Column } from './column'

/** What a query may be asked of. */
export type TableName = 'contexts' | 'members' | 'lines'

/** Rows with a column for every path. */
export interface Table {
  readonly name: TableName
  readonly size: number
  column(path: PathNode): Column
  /** The rows that there is something to ask of. */
  readonly asked: Bitmap
  /** The context of each row, -1 where it has none. */
  readonly contextOf: Int32Array
}
