/** One operator or word of the language as the editor tells it. */
export interface QueryOperator {
  readonly name: string
  readonly doc: string
}

export const QUERY_OPERATORS: readonly QueryOperator[] = Object.freeze([
  { name: '==', doc: 'Equal: of one kind and the same. A missing value equals null.' },
  { name: '!=', doc: 'Not equal, or missing.' },
  { name: '==~', doc: 'The same text, whatever its case.' },
  { name: '!=~', doc: 'Another text even without its case, or missing.' },
  { name: '<', doc: 'Less, or earlier. Never holds of a missing value.' },
  { name: '<=', doc: 'At most, or no later.' },
  { name: '>', doc: 'More, or later.' },
  { name: '>=', doc: 'At least, or no earlier.' },
  { name: 'in', doc: 'Equal to one of a list: verb in ("create", "patch"); or a value of a list: "dev" in groups.' },
  { name: 'in~', doc: 'Equal to one of a list of texts, whatever the case.' },
  { name: 'contains', doc: 'The text holds the text, or the list holds the value; contains~ ignores case.' },
  { name: 'startsWith', doc: 'The text begins so; startsWith~ ignores case.' },
  { name: 'endsWith', doc: 'The text ends so; endsWith~ ignores case.' },
  { name: 'matches', doc: 'The pattern (RE2 syntax) is found somewhere in the text; matches~ ignores case.' },
  { name: 'and', doc: 'Both hold; binds tighter than or.' },
  { name: 'or', doc: 'Either holds.' },
  { name: 'not', doc: 'What follows does not hold; binds tightest.' },
  { name: 'now', doc: 'The time at which the query runs; now - 10m is ten minutes before.' },
  { name: '+', doc: 'Later by a length of time: requestTime + 5s.' },
  { name: '-', doc: 'Earlier by a length of time: now - 10m.' },
])

const SIGNS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not' }

/** The operator that a piece of text is, however it is spelt. */
export function findOperator(text: string): QueryOperator | null {
  const name = SIGNS[text] ?? text
  const known = QUERY_OPERATORS.find((one) => one.name === name) ?? QUERY_OPERATORS.find((one) => one.name.toLowerCase() === name.toLowerCase().replace(/~$/, ''))
  return known ?? null
}
