import { DECLARED_FIELDS, FIELD_ALIASES, OPEN_OBJECTS, type FieldType } from './fields'
import { nearest } from './nearest'
import { EVERY, type PathSegment } from './nodes'
import { pathText } from './path-text'

/** Why a path can never be found: `problem` in words, `at` the segment (of the path as written) that is wrong. */
export interface PathFault {
  readonly problem: string
  /** The field that was probably meant, whole; null where none is near. */
  readonly guess: string | null
  readonly at: number
}

/** Whether a query may begin a path with this word. */
export function isKnownRoot(word: string): boolean {
  return DECLARED_FIELDS.has(word) || FIELD_ALIASES.has(word)
}

/** The path with its short name, if any, written out; or why it names no field. */
export function resolvePath(written: readonly PathSegment[]): readonly PathSegment[] | PathFault {
  const { head, rest } = writtenOut(written)
  const segments = [...head, ...rest]
  const wrong = firstUnknown(segments)
  if (wrong === -1) return segments
  const guess = guessPath(written, segments, wrong)
  const shift = segments.length - written.length
  return { problem: explainUnknown(segments, wrong, guess), guess, at: Math.max(0, wrong - shift) }
}

/** Short names are of one word, or of two (`context.size`). */
function writtenOut(written: readonly PathSegment[]): { head: readonly PathSegment[]; rest: readonly PathSegment[] } {
  for (const length of [2, 1]) {
    const alias = FIELD_ALIASES.get(pathText(written.slice(0, length)))
    if (alias !== undefined) return { head: alias.split('.'), rest: written.slice(length) }
  }
  return { head: written.slice(0, 1), rest: written.slice(1) }
}

/** What the catalogue knows of a resolved path. */
export function pathType(segments: readonly PathSegment[]): FieldType {
  const declared = DECLARED_FIELDS.get(pathText(segments))
  if (declared) return declared.type
  const parent = DECLARED_FIELDS.get(pathText(segments.slice(0, -1)))
  return parent?.type === 'list' ? 'text' : 'any'
}

/** Whether values at the path are times: declared so, or named so as the Kubernetes API names its times. */
export function isTimePath(segments: readonly PathSegment[]): boolean {
  const type = pathType(segments)
  const last = segments.at(-1)
  return type === 'time' || (type === 'any' && typeof last === 'string' && /(?:Timestamp|Time)$/.test(last))
}

/** Index of the first segment that leads nowhere, -1 where the path may exist. */
function firstUnknown(segments: readonly PathSegment[]): number {
  for (let index = 0; index < segments.length; index++) {
    const path = pathText(segments.slice(0, index + 1))
    if (OPEN_OBJECTS.has(path)) return -1
    const parent = index === 0 ? 'object' : DECLARED_FIELDS.get(pathText(segments.slice(0, index)))?.type
    const item = parent === 'list' && (typeof segments[index] === 'number' || segments[index] === EVERY)
    if (!item && !(parent === 'object' && DECLARED_FIELDS.has(path))) return index
  }
  return -1
}

/** The nearest field to the whole path, to the part that leads nowhere, or with the same last word; null where no field is near. */
function guessPath(written: readonly PathSegment[], segments: readonly PathSegment[], wrong: number): string | null {
  const parent = DECLARED_FIELDS.get(pathText(segments.slice(0, wrong)))
  if (wrong > 0 && parent?.type !== 'object') return null
  const names = [...FIELD_ALIASES.keys(), ...DECLARED_FIELDS.keys()]
  const whole = nearest(pathText(segments), names)
  if (whole) return whole
  const last = written.at(-1)
  const sameEnd = typeof last === 'string' && written.length > 1 ? names.find((name) => name.endsWith(`.${last}`)) : undefined
  return sameEnd ?? nearest(pathText(segments.slice(0, wrong + 1)), names)
}

function explainUnknown(segments: readonly PathSegment[], wrong: number, guess: string | null): string {
  const parent = pathText(segments.slice(0, wrong))
  const type = DECLARED_FIELDS.get(parent)?.type
  if (type === 'list') return `${parent} is a list: only a place such as ${parent}[0], or ${parent}[*] for any, can follow`
  if (wrong > 0 && type !== 'object') return `${parent} has no parts`
  const path = pathText(segments.slice(0, wrong + 1))
  return `there is no field ${path}${guess ? `; did you mean ${guess}?` : ''}`
}
