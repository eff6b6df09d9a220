/** A compiled query: whether a record (an event, with its label and context where known) matches. Never throws. */
export type Predicate = (record: object) => boolean

/** All of the tests; one and two are by far the commonest, and need no loop. */
export function allOf(tests: readonly Predicate[]): Predicate {
  const [first, second] = tests
  if (first && tests.length === 1) return first
  if (first && second && tests.length === 2) return (record) => first(record) && second(record)
  return (record) => {
    for (const test of tests) if (!test(record)) return false
    return true
  }
}

/** Any of the tests. */
export function anyOf(tests: readonly Predicate[]): Predicate {
  const [first, second] = tests
  if (first && tests.length === 1) return first
  if (first && second && tests.length === 2) return (record) => first(record) || second(record)
  return (record) => {
    for (const test of tests) if (test(record)) return true
    return false
  }
}
