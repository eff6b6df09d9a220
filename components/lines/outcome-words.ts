import type { Outcome } from '@/lib/experiments/compare/outcomes'

/** How an outcome is said; `mark` tells it without colour. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, { readonly title: string; readonly mark: string; readonly right: string; readonly key: string }>> = {
  a: { title: 'A right, B wrong', mark: 'A', right: 'A', key: '1' },
  b: { title: 'B right, A wrong', mark: 'B', right: 'B', key: '2' },
  both: { title: 'both right', mark: '=', right: 'both', key: '3' },
  neither: { title: 'both wrong', mark: '×', right: 'neither', key: '4' },
}
