import { csvField } from '@/lib/export/csv'

export type Cell = string | number | null | undefined

/** RFC 4180, written as the command line's exports are: names come out of a hostile log. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => row.map((value) => csvField(value ?? null)).join(',')).join('\r\n') + '\r\n'
}
