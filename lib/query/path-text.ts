import type { PathSegment } from './nodes'
import { quote } from './text-literal'

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/

/** The canonical text of a path: `annotations["a.b/c"]`, `spec.containers[0].image`. */
export function pathText(segments: readonly PathSegment[]): string {
  return segments.map((segment, index) => segmentText(segment, index === 0)).join('')
}

function segmentText(segment: PathSegment, first: boolean): string {
  if (typeof segment === 'number') return `[${segment}]`
  if (!PLAIN_KEY.test(segment)) return `[${quote(segment)}]`
  return first ? segment : `.${segment}`
}
