import type { ActionLabel } from '@/lib/labels/action-label'
import { ROLES, SUGGESTION_SOURCES, type LabellingLog, type SuggestionColumns } from '../types'
import { reasonOf } from './reason'
import { RequestReader } from './request-words'
import type { SuggestedLine } from './suggested-line'
import { TextPool } from './text-pool'

/** Labels once each, by index. */
class LabelPool {
  readonly #places = new Map<string, number>()
  readonly labels: ActionLabel[] = []

  of(label: ActionLabel | null): number {
    if (label === null) return -1
    const key = `${label.code} ${label.group} ${label.resource} ${label.subresource}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.#places.set(key, this.labels.length)
    return this.labels.push(label) - 1
  }
}

/**
 * Suggestions for every request of a log from the lines of a reconstruction, in any order; of several stages the last given counts. A request that
 * the lines leave out is suggested nothing: its role is -1. All columns are by index into `auditIDs` of the log.
 */
export function suggestionColumns(log: LabellingLog, lines: Iterable<SuggestedLine>, source: SuggestionColumns['source']): SuggestionColumns {
  const reader = new RequestReader(log)
  const byRequest = new Map<number, SuggestedLine>()
  const triggers = new Map<string, number>()
  for (const line of lines) {
    const request = reader.requestOf(line.auditID)
    if (request < 0) continue
    byRequest.set(request, line)
    if (line.role === 'trigger' && line.context !== null) triggers.set(line.context, request)
  }
  return laidOut(log, byRequest, (line) => reasonOf(reader, line, triggers.get(line.context ?? '') ?? -1, source.model), source)
}

function laidOut(log: LabellingLog, byRequest: ReadonlyMap<number, SuggestedLine>, explain: (line: SuggestedLine) => ReturnType<typeof reasonOf>, source: SuggestionColumns['source']): SuggestionColumns {
  const count = log.auditIDs.length
  const column = (): number[] => Array.from({ length: count }, () => -1)
  const [labels, contexts, reasons, refs] = [new LabelPool(), new TextPool(), new TextPool(), new TextPool()]
  const columns = { role: column(), label: column(), context: column(), probability: column(), reason: column(), origin: column(), ref: column(), uncertainty: column() }
  const others: (readonly number[])[] = Array.from({ length: count }, () => [])
  for (const [request, line] of byRequest) {
    const { source: origin, ref, reason } = explain(line)
    columns.role[request] = ROLES.indexOf(line.role)
    columns.label[request] = labels.of(line.label)
    columns.context[request] = contexts.of(line.context)
    columns.probability[request] = line.confidence ?? -1
    columns.reason[request] = reasons.of(reason)
    columns.origin[request] = SUGGESTION_SOURCES.indexOf(origin)
    columns.ref[request] = refs.of(ref)
    columns.uncertainty[request] = line.evidence?.uncertainty ?? -1
    others[request] = (line.evidence?.others ?? []).flatMap(({ label, probability }) => [labels.of(label), probability])
  }
  return { source, labels: labels.labels, contexts: contexts.texts, reasons: reasons.texts, refs: refs.texts, ...columns, others }
}
