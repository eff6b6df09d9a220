/** Code of a missing value. */
export const MISSING_CODE = 0
/** Code of every value that the training lines did not show; no value is ever given it by fitting. */
export const UNKNOWN_CODE = 1
const FIRST_CODE = 2

/** The values of one feature in order of first appearance: `values[i]` has code `i + 2`. */
export interface Vocabulary {
  readonly values: readonly string[]
}

type Row = readonly (string | null)[]

/**
 * One vocabulary a feature, from the rows given and no others: pass training rows alone, or let
 * `fitOnLines` pick them. The result is frozen and nothing that encodes can add to it. (The
 * paper's encoder gives a value it has not seen a fresh number while it encodes test rows, so the
 * network meets integers it was never trained on; ours maps every such value to one known code.)
 */
export function fitVocabularies(trainingRows: Iterable<Row>): Vocabulary[] {
  const seen: Set<string>[] = []
  for (const row of trainingRows) {
    row.forEach((value, feature) => {
      const values = (seen[feature] ??= new Set())
      if (value !== null) values.add(value)
    })
  }
  return seen.map((values) => Object.freeze({ values: Object.freeze([...values]) }))
}

/** `fitVocabularies` on the lines of a split's training part; reads no other row. */
export function fitOnLines(rows: readonly Row[], trainingLines: Iterable<number>): Vocabulary[] {
  function* training(): Generator<Row> {
    for (const line of trainingLines) {
      const row = rows[line]
      if (row) yield row
    }
  }
  return fitVocabularies(training())
}

const indexes = new WeakMap<Vocabulary, ReadonlyMap<string, number>>()

function indexOf(vocabulary: Vocabulary): ReadonlyMap<string, number> {
  const known = indexes.get(vocabulary)
  if (known) return known
  const index = new Map(vocabulary.values.map((value, position) => [value, position + FIRST_CODE]))
  indexes.set(vocabulary, index)
  return index
}

/** The code of a value: 0 missing, 1 unknown, else 2 and up. */
export function encodeValue(value: string | null, vocabulary: Vocabulary): number {
  return value === null ? MISSING_CODE : (indexOf(vocabulary).get(value) ?? UNKNOWN_CODE)
}

/** The value of a code, null for missing; undefined for unknown and for codes beyond the vocabulary. */
export function decodeValue(code: number, vocabulary: Vocabulary): string | null | undefined {
  return code === MISSING_CODE ? null : vocabulary.values[code - FIRST_CODE]
}

/** How many codes a vocabulary uses, the two reserved ones included; the size of an embedding. */
export function vocabularySize(vocabulary: Vocabulary): number {
  return vocabulary.values.length + FIRST_CODE
}

/** Ordinals [rows * features], row after row, one column a vocabulary. */
export function encodeRows(rows: readonly Row[], vocabularies: readonly Vocabulary[]): Float32Array {
  const width = vocabularies.length
  const maps = vocabularies.map(indexOf)
  const codes = new Float32Array(rows.length * width)
  for (let line = 0; line < rows.length; line++) {
    const row = rows[line] ?? []
    for (let feature = 0; feature < width; feature++) {
      const value = row[feature] ?? null
      if (value !== null) codes[line * width + feature] = maps[feature]?.get(value) ?? UNKNOWN_CODE
    }
  }
  return codes
}

/**
 * The paper's own encoder, to compare with: each column's values, missing among them, numbered
 * from 0 as they first appear over all rows, test rows included. Not for a model that is to be used.
 */
export function risingCodes(rows: readonly Row[]): Float32Array {
  const width = rows[0]?.length ?? 0
  const columns = Array.from({ length: width }, () => new Map<string | null, number>())
  const codes = new Float32Array(rows.length * width)
  rows.forEach((row, line) => {
    columns.forEach((column, feature) => {
      const value = row[feature] ?? null
      const code = column.get(value) ?? column.size
      column.set(value, code)
      codes[line * width + feature] = code
    })
  })
  return codes
}
