import type { AuditEvent } from '@/lib/audit/event'
import { LABEL_RULES, rulesMet } from '../background/label-rules'
import type { LineEvidence } from './suggested-line'

/** What a model said of a request, as far as those who label ask. */
export interface Said {
  readonly entropy: number
  readonly others: LineEvidence['others']
}

const PLACES: ReadonlyMap<string, number> = new Map(LABEL_RULES.map(({ id }, place) => [id, place]))

/** Gathers which rules each request meets, in any of its stages, while a log is read; bodies are asked once and let go. */
export class EvidenceCollector {
  readonly #rules = new Map<string, readonly string[]>()
  readonly #pool = new Map<string, readonly string[]>()

  add(events: readonly AuditEvent[]): void {
    for (const event of events) {
      const before = this.#rules.get(event.auditID) ?? []
      const met = rulesMet(event)
      if (before.length === 0 || met.some((id) => !before.includes(id))) this.#rules.set(event.auditID, this.#shared([...new Set([...before, ...met])]))
    }
  }

  /** Null for a request that was never read. `said` is null where no model was asked. */
  of(auditID: string, said: Said | null): LineEvidence | null {
    const rules = this.#rules.get(auditID)
    return rules === undefined ? null : { rules, uncertainty: said?.entropy ?? null, others: said?.others ?? [] }
  }

  /** Few combinations of rules are met by many requests. */
  #shared(ids: readonly string[]): readonly string[] {
    const sorted = ids.toSorted((a, b) => (PLACES.get(a) ?? 0) - (PLACES.get(b) ?? 0))
    const key = sorted.join(' ')
    const known = this.#pool.get(key)
    if (known) return known
    this.#pool.set(key, sorted)
    return sorted
  }
}
