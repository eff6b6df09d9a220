import { AuditweaveError } from './errors'
import type { JsonValue } from './event'

/** Deepest nesting that is read; Kubernetes objects stay under 100. */
export const MAX_DEPTH = 512
// V8 keeps a parser frame for each open bracket, so a long line is counted before it is parsed
const SCAN_FROM = 1 << 18

export const TOO_DEEP = 'too-deep'

/** True where an object or array lies more than `left` levels below. */
function isDeeper(value: JsonValue[] | { [key: string]: JsonValue | undefined }, left: number): boolean {
  if (left <= 0) return true
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null && isDeeper(item, left - 1)) return true
    return false
  }
  for (const key in value) {
    const item = value[key]
    if (typeof item === 'object' && item !== null && isDeeper(item, left - 1)) return true
  }
  return false
}

/** Most brackets open at once, strings skipped; stops at `limit`. */
function openBrackets(text: string, limit: number): number {
  let open = 0
  let most = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x22) {
      do {
        i = text.indexOf('"', i + 1)
        if (i < 0) return most
      } while (isEscaped(text, i))
    } else if (c === 0x7b || c === 0x5b) {
      if (++open > most && (most = open) > limit) return most
    } else if (c === 0x7d || c === 0x5d) open--
  }
  return most
}

function isEscaped(text: string, quote: number): boolean {
  let slashes = 0
  while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++
  return slashes % 2 === 1
}

/**
 * JSON.parse that a long line of brackets cannot exhaust. Nesting is not yet checked: ask `isTooDeep` before recursing into
 * the result. Throws SyntaxError for damaged JSON and AuditweaveError `too-deep`.
 */
export function parseUnwalked(text: string, maxDepth: number): JsonValue {
  if (text.length > SCAN_FROM && openBrackets(text, maxDepth) > maxDepth) throw tooDeep(maxDepth)
  return JSON.parse(text) as JsonValue
}

/** True where a value has more than `maxDepth` levels of objects and arrays, itself included. */
export function isTooDeep(value: JsonValue | undefined, maxDepth: number): boolean {
  return typeof value === 'object' && value !== null && isDeeper(value, maxDepth)
}

/**
 * JSON.parse for hostile text: nesting beyond `maxDepth` is an AuditweaveError `too-deep`, other damage the
 * SyntaxError of JSON.parse. Whoever walks the result may recurse.
 */
export function parseJson(text: string, maxDepth: number = MAX_DEPTH): JsonValue {
  const value = parseUnwalked(text, maxDepth)
  // n levels need 2n brackets
  if (text.length > 2 * maxDepth && isTooDeep(value, maxDepth)) throw tooDeep(maxDepth)
  return value
}

function tooDeep(maxDepth: number): AuditweaveError {
  return new AuditweaveError(TOO_DEEP, `The JSON is nested deeper than ${maxDepth} levels.`)
}
