import { numberAt, wordAt, type Column, type ColumnTable } from './column'

/** A table with the rows of another put over those with the same id; new ones come first. Columns are made anew, so that nothing known of old ones is trusted. */
export function mergeTables(old: ColumnTable, fresh: ColumnTable): ColumnTable {
  const place = new Map(fresh.ids.map((id, index) => [id, index]))
  const known = new Set(old.ids)
  const added = fresh.ids.filter((id) => !known.has(id))
  const ids = [...added, ...old.ids]
  const sources = ids.map((id, index): readonly [ColumnTable, number] => {
    const at = place.get(id)
    return at === undefined ? [old, index - added.length] : [fresh, at]
  })
  const keys = [...new Set([...old.columns.keys(), ...fresh.columns.keys()])]
  return { ids, columns: new Map(keys.map((key) => [key, gather(key, sources, old.columns.get(key), fresh.columns.get(key))])) }
}

/** A table without some rows. */
export function withoutRows(table: ColumnTable, gone: ReadonlySet<string>): ColumnTable {
  const kept = table.ids.flatMap((id, index) => (gone.has(id) ? [] : [index]))
  if (kept.length === table.ids.length) return table
  const columns = [...table.columns].map(([key, column]): [string, Column] => [key, column.kind === 'number' ? { ...column, values: Float64Array.from(kept, (row) => column.values[row] ?? Number.NaN) } : { ...column, codes: Int32Array.from(kept, (row) => column.codes[row] ?? -1) }])
  return { ids: kept.map((row) => table.ids[row] ?? ''), columns: new Map(columns) }
}

function gather(key: string, sources: readonly (readonly [ColumnTable, number])[], before: Column | undefined, after: Column | undefined): Column {
  const like = after ?? before
  if (!like) throw new Error(`No column ${key}.`)
  const both = [before, after].filter((column) => column !== undefined)
  if (both.every((column) => column.kind === 'number')) return { ...facts(like), kind: 'number', values: Float64Array.from(sources, ([table, row]) => numberAt(table.columns.get(key), row) ?? Number.NaN) }
  const places = new Map<string, number>()
  const codes = Int32Array.from(sources, ([table, row]) => {
    const column = table.columns.get(key)
    const word = column?.kind === 'number' ? numberAt(column, row)?.toString() : wordAt(column, row)
    if (word === undefined || word === null) return -1
    const place = places.get(word) ?? places.size
    places.set(word, place)
    return place
  })
  return { ...facts(like), kind: 'word', codes, words: [...places.keys()] }
}

function facts({ key, from, title, short, hint, better, format }: Column) {
  return { key, from, title, short, hint, better, format }
}
