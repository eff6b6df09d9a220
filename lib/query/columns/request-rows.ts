import type { AuditEvent } from '@/lib/audit/event'

const STAGE_RANK: Readonly<Record<string, number>> = { ResponseComplete: 3, Panic: 2, ResponseStarted: 1, RequestReceived: 0 }

/** The requests of a log, numbered as they come, and which row speaks for each: that of its fullest stage, since only it knows the outcome. */
export class RequestRows {
  readonly #numbers = new Map<string, number>()
  readonly #auditIDs: string[] = []
  readonly #rows: number[] = []
  readonly #ranks: number[] = []
  readonly #requestOf: number[] = []

  add({ auditID, stage }: AuditEvent, row: number): void {
    const rank = STAGE_RANK[stage ?? ''] ?? 0
    const known = this.#numbers.get(auditID)
    const request = known ?? this.#auditIDs.push(auditID) - 1
    if (known === undefined) this.#numbers.set(auditID, request)
    this.#requestOf[row] = request
    if (rank < (this.#ranks[request] ?? 0)) return
    this.#ranks[request] = rank
    this.#rows[request] = row
  }

  get count(): number {
    return this.#auditIDs.length
  }

  /** -1 where the log has no such request. */
  numberOf(auditID: string): number {
    return this.#numbers.get(auditID) ?? -1
  }

  rowOf(request: number): number {
    return this.#rows[request] ?? -1
  }

  requestOf(row: number): number {
    return this.#requestOf[row] ?? -1
  }
}
