/** A compiled query: whether a record (an event, with its label and context where known) matches. Never throws. */
export type Predicate = Test<object>

/** Whether something of a source matches. */
export type Test<T> = (item: T) => boolean

/** All of the tests; one and two are by far the commonest, and need no loop. */
export function allOf<T>(tests: readonly Test<T>[]): Test<T> {
  const [first, second] = tests
  if (first && tests.length === 1) return first
  if (first && second && tests.length === 2) return (item) => first(item) && second(item)
  return (item) => {
    for (const test of tests) if (!test(item)) return false
    return true
  }
}

/** Any of the tests. */
export function anyOf<T>(tests: readonly Test<T>[]): Test<T> {
  const [first, second] = tests
  if (first && tests.length === 1) return first
  if (first && second && tests.length === 2) return (item) => first(item) || second(item)
  return (item) => {
    for (const test of tests) if (test(item)) return true
    return false
  }
}
