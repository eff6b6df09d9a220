import { DECLARED_FIELDS, FIELD_ALIASES, OPEN_OBJECTS, type FieldType } from './fields'
import { nearest } from './nearest'
import type { PathSegment } from './nodes'
import { pathText } from './path-text'

/** Why a path can never be found: `problem` in words, `at` the segment (of the path as written) that is wrong. */
export interface PathFault {
  readonly problem: string
  readonly at: number
}

/** Whether a query may begin a path with this word. */
export function isKnownRoot(word: string): boolean {
  return DECLARED_FIELDS.has(word) || FIELD_ALIASES.has(word)
}

/** The path with its short name, if any, written out; or why it names no field. */
export function resolvePath(written: readonly PathSegment[]): readonly PathSegment[] | PathFault {
  const root = written[0]
  const alias = typeof root === 'string' ? FIELD_ALIASES.get(root) : undefined
  const head = alias === undefined ? [root ?? ''] : alias.split('.')
  const segments = [...head, ...written.slice(1)]
  const wrong = firstUnknown(segments)
  if (wrong === -1) return segments
  return { problem: explainUnknown(segments, wrong), at: Math.max(0, wrong - (head.length - 1)) }
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
    const item = parent === 'list' && typeof segments[index] === 'number'
    if (!item && !(parent === 'object' && DECLARED_FIELDS.has(path))) return index
  }
  return -1
}

function explainUnknown(segments: readonly PathSegment[], wrong: number): string {
  const parent = pathText(segments.slice(0, wrong))
  const type = DECLARED_FIELDS.get(parent)?.type
  if (type === 'list') return `${parent} is a list: only a place such as ${parent}[0] can follow`
  if (wrong > 0 && type !== 'object') return `${parent} has no parts`
  const path = pathText(segments.slice(0, wrong + 1))
  const candidates = [...DECLARED_FIELDS.keys(), ...FIELD_ALIASES.keys()]
  const guess = nearest(path, candidates)
  return `there is no field ${path}${guess ? `; did you mean ${guess}?` : ''}`
}
