import { RE2JS } from 're2js'
import { QUERY_LIMITS } from './limits'

/** A compiled pattern: `test` takes time linear in its text. */
export interface Pattern {
  test(text: string): boolean
}

/** Compiles RE2 syntax; throws an Error that says in words what is wrong with the pattern, or that it is too large. */
export function compilePattern(source: string): Pattern {
  if (source.length > QUERY_LIMITS.pattern) throw new Error(`the pattern has ${source.length} characters, more than ${QUERY_LIMITS.pattern}`)
  const compiled = RE2JS.compile(source)
  if (compiled.programSize() > QUERY_LIMITS.program) throw new Error('the pattern repeats too much: write smaller counts')
  return compiled
}
