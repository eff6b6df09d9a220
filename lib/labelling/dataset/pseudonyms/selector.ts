import { labelKey } from './keys'
import type { Strings } from './writer'

const PART = /^(\s*!?\s*)([^=!\s,()]+)(\s*(?:==|!=|=|\bin\b|\bnotin\b)\s*)?(.*)$/s

/** A label selector as URIs and scales write it: `app=web,tier in (a,b)`. */
export function labelSelector(strings: Strings, text: string): string {
  return parts(text).map((part) => rewritten(part, (key) => labelKey(strings, key), (value) => strings.value(value))).join(',')
}

/** A field selector: its keys are fields, its values names. */
export function fieldSelector(strings: Strings, text: string): string {
  return parts(text).map((part) => rewritten(part, (key) => key, (value) => strings.name(value))).join(',')
}

function rewritten(part: string, key: (text: string) => string, value: (text: string) => string): string {
  const [, before, name, operator, rest] = PART.exec(part) ?? []
  if (before === undefined || name === undefined) return value(part)
  return `${before}${key(name)}${operator ?? ''}${(rest ?? '').replaceAll(/[^\s(),]+/g, value)}`
}

/** Cut at commas outside of parentheses. */
function parts(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (text[i] === ',' && depth <= 0) {
      found.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...found, text.slice(start)]
}
