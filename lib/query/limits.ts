/** What a query may cost, so that a hostile one is refused at once. */
export const QUERY_LIMITS = Object.freeze({
  /** UTF-16 units of text. */
  text: 10_000,
  /** Brackets and `not` within one another. */
  depth: 64,
  /** Tests in one query. */
  tests: 300,
  /** Values in lists and functions, all together. */
  values: 1_000,
  /** Keys and places in one path. */
  segments: 32,
  /** UTF-16 units of one pattern. */
  pattern: 1_000,
  /** Instructions of one compiled pattern: matching time is this times the length of the text. */
  program: 1_000,
  /** Instructions of all patterns of a query, as each may be tried on every distinct text. */
  programs: 2_000,
})
