import type { JsonValue } from '@/lib/audit/event'
import { isUsersPath } from '../fields-used'
import { EVERY, type PathNode, type PathSegment, type QueryNode } from '../nodes'
import { compileTest } from './compile-test'
import type { Test } from './predicate'
import { existsReader, microsReader, pathReader, type Reader } from './read-path'
import type { Source } from './source'

/** The members of a record's context, each a record. */
export type MembersOf = (record: object) => Iterable<object>

/** Values of parsed events, one record after the other. */
export function recordSource(membersOf: MembersOf, now: () => number): Source<object> {
  const read = (path: PathNode): Reader => (isUsersPath(path) ? usersReader(path, membersOf) : pathReader(path.segments))
  const source: Source<object> = {
    read,
    micros: (path) => microsReader(path.segments),
    exists: (path) => (isUsersPath(path) ? (record) => read(path)(record) !== undefined : existsReader(path.segments)),
    count: (node) => countMembers(node.operand, source, membersOf),
    quantify: ({ quantifier, operand }) => {
      const test = compileTest(operand, source)
      return quantifier === 'any' ? (record) => someMember(membersOf(record), test) : (record) => !someMember(membersOf(record), (member) => !test(member))
    },
    now,
  }
  return source
}

function someMember(members: Iterable<object>, test: Test<object>): boolean {
  for (const member of members) if (test(member)) return true
  return false
}

function countMembers(operand: QueryNode, source: Source<object>, membersOf: MembersOf): (record: object) => number {
  const test = compileTest(operand, source)
  return (record) => {
    let count = 0
    for (const member of membersOf(record)) if (test(member)) count++
    return count
  }
}

const readUser = pathReader(['user', 'username'])

/** `context.users`: the distinct users of the members, as they come; missing where none is known. */
function usersReader(path: PathNode, membersOf: MembersOf): Reader {
  const rest = path.segments.slice(2)
  return (record) => itemOf(distinctUsers(membersOf(record)), rest)
}

function distinctUsers(members: Iterable<object>): string[] {
  const users = new Set<string>()
  for (const member of members) {
    const user = readUser(member)
    if (typeof user === 'string') users.add(user)
  }
  return [...users]
}

/** The list, or what a further path finds in it; an empty one is missing. */
export function itemOf(users: readonly string[], rest: readonly PathSegment[]): JsonValue | undefined {
  if (rest.length === 0) return users.length > 0 ? [...users] : undefined
  const [place] = rest
  if (rest.length === 1 && place === EVERY) return users.length > 0 ? [...users] : undefined
  return rest.length === 1 && typeof place === 'number' ? users[place] : undefined
}
