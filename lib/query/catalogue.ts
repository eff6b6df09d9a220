import { QUERY_FIELDS, type QueryField } from './fields'

/** What completion offers: fields, and values seen in the data at hand. */
export interface QueryCatalogue {
  readonly fields: readonly QueryField[]
  /** Values by full path (`user.username`), commonest first; short names find them too. */
  readonly values?: Readonly<Record<string, readonly string[]>>
  /** In how many lines each of `values` stands, in the same places. */
  readonly counts?: Readonly<Record<string, readonly number[]>>
}

export const AUDIT_CATALOGUE: QueryCatalogue = Object.freeze({ fields: QUERY_FIELDS })

/** The field that a path as written means, if the catalogue has it; of one place in a list, that of any place. */
export function findField(catalogue: QueryCatalogue, path: string): QueryField | null {
  const anywhere = path.replace(/\[\d+\]/g, '[*]')
  return catalogue.fields.find((field) => field.path === path) ?? catalogue.fields.find((field) => field.path === anywhere) ?? null
}

/** Values to offer for a field: those seen, then those known. */
export function valuesOf(catalogue: QueryCatalogue, path: string): readonly string[] {
  const field = findField(catalogue, path)
  const full = field?.aliasOf ?? path
  const seen = catalogue.values && Object.hasOwn(catalogue.values, full) ? (catalogue.values[full] ?? []) : []
  return [...new Set([...seen, ...(field?.values ?? [])])]
}

/** In how many lines a value of a field stands; null where nobody counted. */
export function countOf(catalogue: QueryCatalogue, path: string, value: string): number | null {
  const full = findField(catalogue, path)?.aliasOf ?? path
  const { values = {}, counts = {} } = catalogue
  if (!Object.hasOwn(values, full) || !Object.hasOwn(counts, full)) return null
  return counts[full]?.[values[full]?.indexOf(value) ?? -1] ?? null
}
