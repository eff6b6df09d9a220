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

/** One record a feature, in column order: what a model would read as unknown in these rows. */
export function reportDrift(rows: readonly (readonly (string | null)[])[], vocabularies: readonly Vocabulary[], options: DriftOptions = {}): FeatureDrift[] {
  const { features = PAPER_FEATURES, top = 10 } = options
  return vocabularies.map((vocabulary, column) => {
    const known = new Set(vocabulary.values)
    const unseen = new Map<string, number>()
    let missing = 0
    for (const row of rows) {
      const value = row[column] ?? null
      if (value === null) missing++
      else if (!known.has(value)) unseen.set(value, (unseen.get(value) ?? 0) + 1)
    }
    const count = [...unseen.values()].reduce((sum, n) => sum + n, 0)
    const commonest = [...unseen].map(([value, n]) => ({ value, count: n })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    return {
      feature: features[column] ?? `column ${column}`,
      rows: rows.length,
      missing,
      unseen: count,
      unseenShare: rows.length > missing ? count / (rows.length - missing) : 0,
      distinctUnseen: unseen.size,
      commonest: commonest.slice(0, top),
    }
  })
}
