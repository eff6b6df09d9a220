import { ROLES, SUGGESTION_SOURCES, type Suggestion, type SuggestionColumns } from '../types'

/** The suggestion for one request, read off the columns; null where there is none. */
export function suggestionAt(columns: SuggestionColumns, request: number): Suggestion | null {
  const role = ROLES[columns.role[request] ?? -1]
  const source = SUGGESTION_SOURCES[columns.origin[request] ?? -1]
  if (role === undefined || source === undefined) return null
  const probability = columns.probability[request] ?? -1
  const pairs = columns.others[request] ?? []
  const others = pairs.flatMap((value, i) => {
    const label = i % 2 === 0 ? columns.labels[value] : undefined
    return label ? [{ label, probability: pairs[i + 1] ?? 0 }] : []
  })
  return {
    role, label: columns.labels[columns.label[request] ?? -1] ?? null, context: columns.contexts[columns.context[request] ?? -1] ?? null,
    origin: { source, ref: columns.refs[columns.ref[request] ?? -1] ?? null, probability: probability < 0 ? null : probability, reason: columns.reasons[columns.reason[request] ?? -1] ?? '' },
    others,
  }
}
