import { DECLARED_FIELDS, QUERY_FIELDS } from '../fields'
import { PathNode } from '../nodes'
import { parseQuery } from '../parse'
import { isFoundPath } from './found-path'

/** The paths of the log that people ask for most: every declared field, and the places in bodies that the editor offers. */
export function loggedPaths(): PathNode[] {
  const names = new Set([...DECLARED_FIELDS.keys(), ...QUERY_FIELDS.filter((field) => !field.aliasOf).map((field) => field.path)])
  return [...names].map(toPath).filter((path) => !isFoundPath(path))
}

/** A path as written. Throws QueryError where it names no field. */
export function toPath(text: string): PathNode {
  const node = parseQuery(`exists(${text})`)
  return node.kind === 'ExistsNode' ? node.path : PathNode.create([])
}
