import { TABLE_COLUMNS, type LineTable } from './line-table'

/** The part of every request that a stored split has dealt: 0 training, 1 validation, 2 test; what is in none is left out. */
export type PartOf = ReadonlyMap<string, 0 | 1 | 2>

/** Lines of each part. */
export interface PartSizes { readonly train: number; readonly validation: number; readonly test: number }

/**
 * The lines of a table part by part, each in log order, so that a window holds lines of one part alone: nothing that is trained on stands beside a line
 * that is tested on, however finely the split cuts the log.
 */
export function gatherParts(table: LineTable, partOf: PartOf): { readonly table: LineTable; readonly sizes: PartSizes } {
  const parts: number[][] = [[], [], []]
  table.auditIDs.forEach((auditID, line) => parts[partOf.get(auditID) ?? -1]?.push(line))
  const order = Int32Array.from(parts.flat())
  const codes = table.codes instanceof Uint16Array ? new Uint16Array(order.length * TABLE_COLUMNS) : new Uint32Array(order.length * TABLE_COLUMNS)
  order.forEach((line, at) => codes.set(table.codes.subarray(line * TABLE_COLUMNS, (line + 1) * TABLE_COLUMNS), at * TABLE_COLUMNS))
  const [train = 0, validation = 0, test = 0] = parts.map((lines) => lines.length)
  return {
    sizes: { train, validation, test },
    table: { lines: order.length, codes, values: table.values, labels: table.labels, labelCodes: order.map((line) => table.labelCodes[line] ?? -1), auditIDs: Array.from(order, (line) => table.auditIDs[line] ?? '') },
  }
}
