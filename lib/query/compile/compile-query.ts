import { AuditweaveError } from '@/lib/audit/errors'
import { asksMembers } from '../fields-used'
import type { QueryNode } from '../nodes'
import { compileTest } from './compile-test'
import type { Predicate } from './predicate'
import { recordSource, type MembersOf } from './record-source'

export interface CompileOptions {
  /** The members of a record's context as records, itself among them; needed by any, all, count and the context's users. */
  readonly membersOf?: MembersOf
  /** Microseconds since the Unix epoch, for `now`; the clock where left out. */
  readonly now?: () => number
}

/**
 * Turns a query into closures over records. A tree from `parseQuery` always compiles; a record is read only, and own keys
 * alone are looked at. Throws AuditweaveError `query-members` where the query asks about members and none can be had.
 */
export function compileQuery(node: QueryNode, options: CompileOptions = {}): Predicate {
  if (!options.membersOf && asksMembers(node)) {
    throw new AuditweaveError('query-members', 'The query asks about the members of contexts (any, all, count or users), which are not at hand here: ask it of a log whose contexts are found.')
  }
  return compileTest(node, recordSource(options.membersOf ?? noMembers, options.now ?? systemNow))
}

const noMembers: MembersOf = () => []

/** The clock in microseconds. */
export function systemNow(): number {
  return Date.now() * 1000
}
