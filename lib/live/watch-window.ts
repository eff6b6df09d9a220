import { queriedTrigger } from '@/lib/contexts/answer-query'
import type { ContextRecord } from '@/lib/contexts/types'
import { compileQuery, parseQuery, type QueryNode } from '@/lib/query'
import type { LinkedWindow } from './live-window'
import type { LiveItem } from './live-item'

/** A query that is asked of contexts, with whatever is wanted to be known with a match. */
export interface Asked<T> { readonly query: QueryNode; readonly of: T }

/** The query of a stored watch; null where it no longer parses, as after a change of the language. */
export function watchedQuery(text: string): QueryNode | null {
  try {
    return parseQuery(text)
  } catch {
    return null
  }
}

/** Fullest line of each request; the last of a request in order of time and stage is. */
export function linesByRequest(items: readonly LiveItem[]): Map<string, number> {
  const places = new Map<string, number>()
  items.forEach(({ facts }, i) => places.set(facts.auditID, i))
  return places
}

/** Which of the contexts each query matches: by its trigger, or by its members where it asks about them. */
export function matchContexts<T>(asked: readonly Asked<T>[], contexts: readonly ContextRecord[], window: LinkedWindow, now?: () => number): { readonly of: T; readonly context: ContextRecord }[] {
  if (asked.length === 0 || contexts.length === 0) return []
  const places = linesByRequest(window.items)
  const recordOf = (context: ContextRecord, auditID: string): object | null => {
    const place = places.get(auditID)
    const [item, record] = place === undefined ? [] : [window.items[place], window.records[place]]
    if (!item || !record) return null
    const { label, role, confidence } = record
    return auditID === context.trigger.auditID ? queriedTrigger(item.event, context) : { ...item.event, label, role, confidence, context }
  }
  let members: object[] | null = null
  let current: ContextRecord | null = null
  const membersOf = (): object[] => {
    const context = current
    members ??= context ? context.members.flatMap((auditID) => recordOf(context, auditID) ?? []) : []
    return members
  }
  const compiled = asked.map(({ query, of }) => ({ of, matches: compileQuery(query, { membersOf, ...(now ? { now } : {}) }) }))
  return contexts.flatMap((context) => {
    const trigger = recordOf(context, context.trigger.auditID)
    if (!trigger) return []
    ;[current, members] = [context, null]
    return compiled.filter(({ matches }) => matches(trigger)).map(({ of }) => ({ of, context }))
  })
}
