import { DERIVED } from '../compile/read-path'
import { isUsersPath, visitPaths } from '../fields-used'
import { EVERY, PathNode, type QueryNode } from '../nodes'
import { pathType } from '../schema'
import { pathText } from '../path-text'
import { isFoundPath } from './found-path'

/** The paths of the log that a query reads, each once: what `EventColumns` must hold to answer it. */
export function pathsRead(node: QueryNode): PathNode[] {
  const found = new Map<string, PathNode>()
  visitPaths(node, (path) => {
    if (isFoundPath(path) && !isUsersPath(path)) return
    for (const base of basePaths(path)) found.set(pathText(base.segments), base)
  })
  return [...found.values()]
}

/** The path itself, or what it is reckoned from. */
export function basePaths(path: PathNode): PathNode[] {
  if (isUsersPath(path)) return [PathNode.create(['user', 'username'])]
  const from = DERIVED.get(pathText(path.segments))
  return from ? from.map((segments) => PathNode.create(segments)) : [storedPath(path)]
}

/** The path whose column holds the values: any place of a list that every line has is read from the list. */
export function storedPath(path: PathNode): PathNode {
  const list = path.segments.slice(0, -1)
  return path.segments.at(-1) === EVERY && pathType(list) === 'list' ? PathNode.create(list) : path
}
