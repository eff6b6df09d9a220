/** The grammar's terminals as a person would name them, in the order in which they are told. */
const NAMES: readonly (readonly [string, readonly string[]])[] = [
  ['a path', ['NAME']],
  ['a value', ['TIME', 'NUMBER', 'TRUE', 'FALSE', 'NULL']],
  ['a quoted text', ['STRING']],
  ['a function', ['EXISTS', 'TEXT_TEST']],
  ['regexp(…)', ['REGEXP']],
  ['a comparison such as ==', ['EQ', 'NE', 'LE', 'GE', 'LT', 'GT']],
  ['not', ['_NOT']],
  ['in', ['_IN']],
  ['and', ['_AND']],
  ['or', ['_OR']],
  ["','", ['COMMA']],
  ["'('", ['LPAR']],
  ["')'", ['RPAR']],
  ["'['", ['LSQB']],
  ["']'", ['RSQB']],
  ['the end of the query', ['$END']],
]

/** Human names of a set of terminals, each once. */
export function nameTerminals(terminals: ReadonlySet<string>): string[] {
  // A quoted text is one of the values, and regexp one of the functions, wherever any of these fits.
  const skip = new Set<string>()
  if (terminals.has('NUMBER') && terminals.has('TRUE')) skip.add('a quoted text')
  if (terminals.has('EXISTS')) skip.add('regexp(…)')
  // After a path, `not` only leads to `in`.
  if (terminals.has('_IN')) skip.add('not')
  return NAMES.filter(([name, members]) => !skip.has(name) && members.some((one) => terminals.has(one))).map(([name]) => name)
}
