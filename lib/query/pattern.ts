import { RE2JS } from 're2js'
import { QUERY_LIMITS } from './limits'
import type { Casing } from './nodes'

/** A compiled pattern: `test` takes time linear in its text. */
export interface Pattern {
  test(text: string): boolean
}

/** A pattern that is sound, and how many instructions it has; none where a plain search does. */
export interface SizedPattern {
  readonly pattern: Pattern
  readonly instructions: number
}

/** Compiles RE2 syntax; throws an Error that says in words what is wrong with the pattern, or that it is too large. */
export function compilePattern(source: string, casing: Casing = 'exact'): Pattern {
  return sizedPattern(source, casing).pattern
}

/** The same, with its size. */
export function sizedPattern(source: string, casing: Casing): SizedPattern {
  if (source.length > QUERY_LIMITS.pattern) throw new Error(`the pattern has ${source.length} characters, more than ${QUERY_LIMITS.pattern}`)
  const compiled = casing === 'ignored' ? RE2JS.compile(source, RE2JS.CASE_INSENSITIVE) : RE2JS.compile(source)
  if (compiled.programSize() > QUERY_LIMITS.program) throw new Error('the pattern repeats too much: write smaller counts')
  const plain = casing === 'exact' ? plainPattern(source) : null
  return plain ? { pattern: plain, instructions: 0 } : { pattern: compiled, instructions: compiled.programSize() }
}

/** The commonest patterns (`^system:`, `.*controller.*`) only look for a text, which needs no engine. */
function plainPattern(source: string): Pattern | null {
  const parts = /^(\^|(?:\.\*)+)?([^\\^$.|?*+()[\]{}]*)(\$|(?:\.\*)+)?$/.exec(source)
  if (!parts) return null
  const [, head = '', text = '', tail = ''] = parts
  // A search for half of a surrogate pair would find it within a whole one, where the engine finds none.
  if (/\p{Cs}/u.test(text)) return null
  if (head === '^' && tail === '$') return { test: (found) => found === text }
  if (head === '^') return { test: (found) => found.startsWith(text) }
  if (tail === '$') return { test: (found) => found.endsWith(text) }
  return { test: (found) => found.includes(text) }
}
