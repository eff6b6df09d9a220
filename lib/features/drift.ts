import { PAPER_FEATURES } from './catalogue'
import type { Vocabulary } from './vocabulary'

/** How far one feature of a log has left the vocabulary that a model was fitted with. */
export interface FeatureDrift {
  readonly feature: string
  readonly rows: number
  /** Rows without a value. */
  readonly missing: number
  /** Rows whose value the vocabulary lacks, and their share of the rows that have one (0 where none has). */
  readonly unseen: number
  readonly unseenShare: number
  /** How many different values are unseen, and the commonest of them. */
  readonly distinctUnseen: number
  readonly commonest: readonly { readonly value: string; readonly count: number }[]
}

export interface DriftOptions {
  /** Names by column; default the paper's features. */
  readonly features?: readonly string[]
  /** How many unseen values to list a feature; default 10. */
  readonly top?: number
}

/** What one feature's rows hold: how often each value stands there. */
export interface CountedValues {
  readonly feature: string
  readonly rows: number
  readonly missing: number
  readonly counts: ReadonlyMap<string, number>
}

/** Counts the values that `known` lacks. */
export function countedDrift({ feature, rows, missing, counts }: CountedValues, known: ReadonlySet<string>, top = 10): FeatureDrift {
  const unseen = [...counts].filter(([value]) => !known.has(value)).map(([value, count]) => ({ value, count }))
  const count = unseen.reduce((sum, one) => sum + one.count, 0)
  const commonest = unseen.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, top)
  return { feature, rows, missing, unseen: count, unseenShare: rows > missing ? count / (rows - missing) : 0, distinctUnseen: unseen.length, commonest }
}

/** One record a feature, in column order: what a model would read as unknown in these rows. */
export function reportDrift(rows: readonly (readonly (string | null)[])[], vocabularies: readonly Vocabulary[], options: DriftOptions = {}): FeatureDrift[] {
  const { features = PAPER_FEATURES, top = 10 } = options
  return vocabularies.map((vocabulary, column) => {
    const counts = new Map<string, number>()
    let missing = 0
    for (const row of rows) {
      const value = row[column] ?? null
      if (value === null) missing++
      else counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return countedDrift({ feature: features[column] ?? `column ${column}`, rows: rows.length, missing, counts }, new Set(vocabulary.values), top)
  })
}
