import { QUERY_FIELDS, type QueryField } from './fields'

/** What completion offers: fields, and values seen in the data at hand. */
export interface QueryCatalogue {
  readonly fields: readonly QueryField[]
  /** Values by full path (`user.username`), commonest first; short names find them too. */
  readonly values?: Readonly<Record<string, readonly string[]>>
}

export const AUDIT_CATALOGUE: QueryCatalogue = Object.freeze({ fields: QUERY_FIELDS })

/** The field that a path as written means, if the catalogue has it. */
export function findField(catalogue: QueryCatalogue, path: string): QueryField | null {
  return catalogue.fields.find((field) => field.path === path) ?? null
}

/** Values to offer for a field: those seen, then those known. */
export function valuesOf(catalogue: QueryCatalogue, path: string): readonly string[] {
  const field = findField(catalogue, path)
  const full = field?.aliasOf ?? path
  const seen = catalogue.values && Object.hasOwn(catalogue.values, full) ? (catalogue.values[full] ?? []) : []
  return [...new Set([...seen, ...(field?.values ?? [])])]
}
