import type { PathNode, PathSegment } from '../nodes'

const FOUND = new Set<PathSegment | undefined>(['label', 'context', 'role', 'confidence'])

/** Whether a path leads to what was found about an event, and not to what its log says. */
export function isFoundPath({ segments }: PathNode): boolean {
  return FOUND.has(segments[0])
}
