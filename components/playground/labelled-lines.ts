import { parseMicros } from '@/lib/audit/time'
import type { ContextRecord, Reconstruction, ReconstructedRecord } from '@/lib/contexts/types'
import { labelText } from './describe-line'
import type { Joined } from './log-labels'
import { LikelyContexts } from './likely-context'
import { isCertain, ORIGINS, originOf, type Origin } from './origin'
import type { Guess, LabelCounts, LineHead, LogLine } from './protocol'

const byAuditID = (reconstruction: Reconstruction): ReadonlyMap<string, ReconstructedRecord> => new Map(reconstruction.records.map((record) => [record.auditID, record]))

/** A log's lines with what links, and a network beside them, say of each. Lines are made when they are asked for. */
export class LabelledLines {
  readonly #heads: readonly LineHead[]
  readonly #linked: ReadonlyMap<string, ReconstructedRecord>
  readonly #likely: LikelyContexts
  #joined: ReadonlyMap<string, ReconstructedRecord>
  #guesses: ReadonlyMap<string, Guess> = new Map()

  constructor(heads: readonly LineHead[], linked: Reconstruction) {
    this.#heads = heads
    this.#linked = byAuditID(linked)
    this.#joined = this.#linked
    this.#likely = new LikelyContexts(linked.contexts, (context: ContextRecord) => parseMicros(context.trigger.requestReceivedTimestamp))
  }

  /** What a network said, joined with the links; null goes back to the links alone. */
  join(joined: Joined | null): void {
    this.#joined = joined ? byAuditID(joined.reconstruction) : this.#linked
    this.#guesses = joined?.guesses ?? new Map()
  }

  record(auditID: string): ReconstructedRecord | undefined {
    return this.#joined.get(auditID)
  }

  line(seq: number): LogLine {
    const head = this.#heads[seq]
    const linked = head && this.#linked.get(head.auditID)
    const joined = head && this.#joined.get(head.auditID)
    if (!head || !linked || !joined) throw new RangeError(`the log has no line ${seq}`)
    const guess = this.#guesses.get(head.auditID) ?? null
    const label = labelText(joined.label)
    const origin = originOf(joined, { final: label, linked: labelText(linked.label) }, guess)
    return {
      ...head, role: joined.role, label, context: joined.context, origin, rule: joined.role === 'trigger' ? 'trigger' : (joined.links[0]?.rule ?? null), linkScore: linked.confidence, guess,
      certain: isCertain(origin, linked.confidence, guess), likely: origin === 'network' && joined.context === null ? this.#likely.of(joined.label, head.micros) : null,
    }
  }

  /** Lines that the network alone gives to contexts, by context. */
  perhaps(): Map<string, number[]> {
    const found = new Map<string, number[]>()
    for (const { seq } of this.#guesses.size > 0 ? this.#heads : []) {
      const { likely } = this.line(seq)
      if (likely) found.set(likely, [...(found.get(likely) ?? []), seq])
    }
    return found
  }

  counts(): LabelCounts {
    const origins = Object.fromEntries(ORIGINS.map((origin) => [origin, 0])) as Record<Origin, number>
    const roles = { trigger: 0, consequence: 0, background: 0, nonresource: 0 }
    let uncertain = 0
    for (const { seq } of this.#heads) {
      const line = this.line(seq)
      origins[line.origin]++
      roles[line.role]++
      if (!line.certain) uncertain++
    }
    return { origins, uncertain, roles }
  }
}
