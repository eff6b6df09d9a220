import type { CodedColumns } from './columns'

/** Codes that every feature has: 0 stands for missing, 1 for a value that training has not met or met too seldom. */
export const MISSING = 0
export const UNKNOWN = 1
/** Codes before the known values. */
const RESERVED = 2

/** Known values of each feature, in code order from 2. */
export type Vocabularies = readonly (readonly string[])[]

/** Lines of a table that may be looked at. */
export interface FittedLines { readonly columns: CodedColumns; readonly fitted: (line: number) => boolean }

/**
 * Fits vocabularies on the fitted lines of several tables. A value seen fewer than `least` times is unknown, so that the network learns
 * what an unknown value is like; values are in order of name.
 */
export function fitVocabulary(tables: readonly FittedLines[], least: number): Vocabularies {
  const width = tables[0]?.columns.width ?? 0
  return Array.from({ length: width }, (_, feature) => {
    const counts = new Map<string, number>()
    for (const table of tables) countValues(table, feature, counts)
    return [...counts].filter(([, count]) => count >= least).map(([value]) => value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  })
}

function countValues({ columns, fitted }: FittedLines, feature: number, counts: Map<string, number>): void {
  const values = columns.values(feature)
  const seen = new Uint32Array(values.length + 1)
  for (let line = 0; line < columns.lines; line++) if (fitted(line)) seen[columns.codes[line * columns.width + feature] ?? 0]!++
  values.forEach((value, i) => { if (seen[i + 1]) counts.set(value, (counts.get(value) ?? 0) + (seen[i + 1] as number)) })
}

/** How many codes each feature has. */
export function codeSizes(vocabularies: Vocabularies): number[] {
  return vocabularies.map((values) => values.length + RESERVED)
}

/** A feature by name, with the values that a network knows. */
export interface LinkedFeature { readonly name: string; readonly vocabulary: readonly string[] }

/** Codes [lines * features] of a table for a network with these features. */
export function encodeColumns(columns: CodedColumns, features: readonly LinkedFeature[]): Uint16Array {
  const places = features.map(({ name }) => columns.names.indexOf(name))
  const maps = features.map(({ vocabulary }, i) => {
    const codes = new Map(vocabulary.map((value, code) => [value, code + RESERVED]))
    return Uint16Array.from([MISSING, ...columns.values(places[i] ?? -1).map((value) => codes.get(value) ?? UNKNOWN)])
  })
  const source = columns.codes
  const result = new Uint16Array(columns.lines * features.length)
  for (let line = 0, at = 0; line < columns.lines; line++) {
    const row = line * columns.width
    for (let feature = 0; feature < features.length; feature++) result[at++] = maps[feature]?.[source[row + (places[feature] ?? 0)] ?? 0] ?? UNKNOWN
  }
  return result
}
