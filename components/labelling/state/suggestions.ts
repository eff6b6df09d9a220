import { suggestionAt } from '@/lib/labelling/suggest/suggestion-at'
import type { Suggestion, SuggestionColumns } from '@/lib/labelling/types'

/** Which requests are suggested for one context. */
export interface SuggestionIndex {
  readonly columns: SuggestionColumns
  /** Requests of each context, in the order of the log. */
  readonly members: ReadonlyMap<number, readonly number[]>
}

export function indexSuggestions(columns: SuggestionColumns): SuggestionIndex {
  const members = new Map<number, number[]>()
  columns.context.forEach((context, request) => {
    if (context < 0) return
    const list = members.get(context)
    if (list) list.push(request)
    else members.set(context, [request])
  })
  return { columns, members }
}

/** What is proposed for a request, or null. */
export function suggestionOf(index: SuggestionIndex | null, request: number): Suggestion | null {
  return index === null ? null : suggestionAt(index.columns, request)
}
