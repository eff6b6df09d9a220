import type { JsonValue } from '@/lib/audit/event'
import { foldCase } from '../fold-case'
import type { AffixNode, ContainsNode, PathNode, RegexpNode } from '../nodes'
import { compilePattern } from '../pattern'
import type { Test } from './predicate'
import type { Source } from './source'

// Names and verbs repeat through a log, so a pattern's answers for short texts are kept, to a bound.
const REMEMBERED = 4_096
const SHORT = 256

export function compileRegexp<T>(node: RegexpNode, source: Source<T>): Test<T> {
  const pattern = compilePattern(node.pattern, node.casing)
  const answers = new Map<string, boolean>()
  const test = (text: string): boolean => {
    if (text.length > SHORT) return pattern.test(text)
    const known = answers.get(text)
    if (known !== undefined) return known
    if (answers.size >= REMEMBERED) answers.clear()
    const answer = pattern.test(text)
    answers.set(text, answer)
    return answer
  }
  return anyText(node.path, source, test)
}

export function compileAffix<T>({ path, side, text, casing }: AffixNode, source: Source<T>): Test<T> {
  if (casing === 'exact') return anyText(path, source, side === 'start' ? (value) => value.startsWith(text) : (value) => value.endsWith(text))
  const folded = foldCase(text)
  return anyText(path, source, side === 'start' ? (value) => foldCase(value).startsWith(folded) : (value) => foldCase(value).endsWith(folded))
}

export function compileContains<T>({ path, value, casing }: ContainsNode, source: Source<T>): Test<T> {
  const read = source.read(path)
  if (casing === 'ignored') return containsFolded(read, foldCase(String(value)))
  return (item) => {
    const found = read(item)
    if (typeof found === 'string') return typeof value === 'string' && found.includes(value)
    return Array.isArray(found) && found.includes(value)
  }
}

function containsFolded<T>(read: (item: T) => JsonValue | undefined, wanted: string): Test<T> {
  return (item) => {
    const found = read(item)
    if (typeof found === 'string') return foldCase(found).includes(wanted)
    return Array.isArray(found) && found.some((one) => typeof one === 'string' && foldCase(one) === wanted)
  }
}

/** The test of a text, or of any text in a list. */
function anyText<T>(path: PathNode, source: Source<T>, test: (text: string) => boolean): Test<T> {
  const read = source.read(path)
  const testItem = (item: JsonValue): boolean => typeof item === 'string' && test(item)
  return (item) => {
    const found = read(item)
    if (typeof found === 'string') return test(found)
    return Array.isArray(found) && found.some(testItem)
  }
}
