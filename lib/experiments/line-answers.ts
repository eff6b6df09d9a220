/**
 * What a run said of each of its test lines, to compare runs line by line: parallel arrays, one place a line. `want` and `got` are places in `labels`
 * (keys of `classKey`), confidence is 0 to 1. A request that stands on several lines (its stages) appears once, by its last line.
 */
export interface LineAnswers {
  readonly auditIDs: readonly string[]
  readonly labels: readonly string[]
  readonly want: Int32Array
  readonly got: Int32Array
  readonly confidence: Float32Array
}
