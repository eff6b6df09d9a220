import type { RowGroup } from '@/components/columns/group'

/** The lines of the table: runs, or groups and the runs of those that are open. */
export interface GridLines {
  readonly count: number
  readonly at: (index: number) => { readonly group: RowGroup } | { readonly row: number }
}

export function plainLines(rows: Int32Array): GridLines {
  return { count: rows.length, at: (index) => ({ row: rows[index] ?? 0 }) }
}

export function groupedLines(groups: readonly RowGroup[], isOpen: (key: string) => boolean): GridLines {
  const lines = groups.flatMap((group) => [{ group }, ...(isOpen(group.key) ? [...group.rows].map((row) => ({ row })) : [])])
  return { count: lines.length, at: (index) => lines[index] ?? { row: 0 } }
}
