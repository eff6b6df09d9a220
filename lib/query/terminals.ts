/** The grammar's terminals as a person would name them, in the order in which they are told. */
const NAMES: readonly (readonly [string, readonly string[]])[] = [
  ['a path', ['NAME']],
  ['a value', ['TIME', 'DURATION', 'NUMBER', 'TRUE', 'FALSE', 'NULL']],
  ['a quoted text', ['STRING']],
  ['a function', ['EXISTS', 'TEXT_TEST', 'QUANTIFIER', 'COUNT']],
  ['regexp(…)', ['REGEXP']],
  ['a comparison such as ==', ['EQ', 'NE', 'EQ_FOLD', 'NE_FOLD', 'LE', 'GE', 'LT', 'GT']],
  ['contains, startsWith, endsWith or matches', ['INFIX']],
  ['now', ['NOW']],
  ['a length of time such as 10m', ['DURATION']],
  ['+ or -', ['SIGN']],
  ['not', ['_NOT']],
  ['in', ['IN']],
  ['and', ['_AND']],
  ['or', ['_OR']],
  ["','", ['COMMA']],
  ["'('", ['LPAR']],
  ["')'", ['RPAR']],
  ["'['", ['LSQB']],
  ["']'", ['RSQB']],
  ["'*' for any place", ['EVERY']],
  ['the end of the query', ['$END']],
]

/** Human names of a set of terminals, each once. */
export function nameTerminals(terminals: ReadonlySet<string>): string[] {
  // A quoted text is one of the values, and regexp one of the functions, wherever any of these fits.
  const skip = new Set<string>()
  if (terminals.has('NUMBER') && terminals.has('TRUE')) skip.add('a quoted text')
  if (terminals.has('EXISTS')) skip.add('regexp(…)')
  if (terminals.has('NUMBER')) skip.add('now').add('a length of time such as 10m')
  // After a path, `not` only leads to `in` and its like, of which one example is enough.
  if (terminals.has('IN')) skip.add('not').add('contains, startsWith, endsWith or matches')
  if (terminals.has('EQ')) skip.add('+ or -')
  return NAMES.filter(([name, members]) => !skip.has(name) && members.some((one) => terminals.has(one))).map(([name]) => name)
}
