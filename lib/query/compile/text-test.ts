import type { JsonValue } from '@/lib/audit/event'
import type { AffixNode, ContainsNode, RegexpNode } from '../nodes'
import { compilePattern } from '../pattern'
import type { Predicate } from './predicate'
import { pathReader } from './read-path'

// Names and verbs repeat through a log, so a pattern's answers for short texts are kept, to a bound.
const REMEMBERED = 4_096
const SHORT = 256

export function compileRegexp(node: RegexpNode): Predicate {
  const pattern = compilePattern(node.pattern)
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
  return anyText(node.path.segments, test)
}

export function compileAffix(node: AffixNode): Predicate {
  const { text } = node
  return anyText(node.path.segments, node.side === 'start' ? (value) => value.startsWith(text) : (value) => value.endsWith(text))
}

export function compileContains(node: ContainsNode): Predicate {
  const { value } = node
  const read = pathReader(node.path.segments)
  return (record) => {
    const found = read(record)
    if (typeof found === 'string') return typeof value === 'string' && found.includes(value)
    return Array.isArray(found) && found.includes(value)
  }
}

/** The test of a text, or of any text in a list. */
function anyText(segments: RegexpNode['path']['segments'], test: (text: string) => boolean): Predicate {
  const read = pathReader(segments)
  const testItem = (item: JsonValue): boolean => typeof item === 'string' && test(item)
  return (record) => {
    const found = read(record)
    if (typeof found === 'string') return test(found)
    return Array.isArray(found) && found.some(testItem)
  }
}
