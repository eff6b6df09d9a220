import { AuditweaveError } from '@/lib/audit/errors'
import { formatMicros } from '@/lib/audit/time'
import { quote } from '@/lib/query/text-literal'

/** What the paper's queries leave open. */
export interface QueryValues {
  readonly user: string
  /** Microseconds since the Unix epoch. */
  readonly from: number
  readonly to: number
}

/** The paper's Table 7 as printed, by how many connectives a query has (a range is one): 1, 3 and 4. */
const TEXTS: Readonly<Record<string, ((values: QueryValues) => string) | null>> = {
  none: null,
  '1-clause': ({ user, from }) => `username == ${quote(user)} or stagetimestamp >= ${formatMicros(from)}`,
  '3-clauses': ({ user, from, to }) => `(username == ${quote(user)} and exists(namespace)) or ${formatMicros(from)} <= stagetimestamp <= ${formatMicros(to)}`,
  '4-clauses': ({ user, from, to }) => `(username == ${quote(user)} and exists(namespace)) or (username == regexp(".*controller.*") and ${formatMicros(from)} <= stagetimestamp <= ${formatMicros(to)})`,
}

export const PAPER_QUERIES = Object.keys(TEXTS)

/** A query's text with the values put in; null for `none`, which lists all contexts. Throws AuditweaveError 'unknown-query'. */
export function paperQuery(name: string, values: QueryValues): string | null {
  const make = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined
  if (make === undefined) throw new AuditweaveError('unknown-query', `There is no query "${name}" in the paper's Table 7: take one of ${PAPER_QUERIES.join(', ')}.`)
  return make === null ? null : make(values)
}

/** A trigger as the values are chosen from. */
export interface AskedTrigger { readonly user: string | null; readonly stageMicros: number | null }

/** The user who triggered most, and the times at half and three quarters of the triggers: chosen from the log, as the paper does not print its own. */
export function queryValues(triggers: readonly AskedTrigger[]): QueryValues {
  const counts = new Map<string, number>()
  for (const { user } of triggers) if (user !== null) counts.set(user, (counts.get(user) ?? 0) + 1)
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const times = triggers.flatMap(({ stageMicros }) => stageMicros ?? []).sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { user: most?.[0] ?? '', from: at(0.5), to: at(0.75) }
}
