import { EVERY, type PathSegment } from './nodes'
import { quote } from './text-literal'

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/

/** The canonical text of a path: `annotations["a.b/c"]`, `spec.containers[0].image`. */
export function pathText(segments: readonly PathSegment[]): string {
  return segments.map((segment, index) => (index === 0 && isPlain(segment) ? segment : segmentText(segment))).join('')
}

/** A key or place as it follows a path. */
export function segmentText(segment: PathSegment): string {
  if (segment === EVERY) return '[*]'
  if (typeof segment === 'number') return `[${segment}]`
  return isPlain(segment) ? `.${segment}` : `[${quote(segment)}]`
}

function isPlain(segment: PathSegment): segment is string {
  return typeof segment === 'string' && PLAIN_KEY.test(segment)
}
