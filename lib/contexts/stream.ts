import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts, type EventFacts, type FactOptions } from '@/lib/contexts/facts'
import { FactPool } from '@/lib/contexts/fact-pool'
import { reconstruct } from '@/lib/contexts/reconstruct'
import type { Reconstruction } from '@/lib/contexts/types'

/** Takes events as they are read and keeps only their facts; bodies can be freed batch by batch. */
export class StreamingReconstruction {
  private readonly pool = new FactPool()
  private readonly kept: EventFacts[] = []

  constructor(private readonly options: Omit<FactOptions, 'pool'> = {}) {}

  add(events: readonly AuditEvent[]): void {
    for (const event of events) this.kept.push(extractFacts(event, { ...this.options, pool: this.pool }))
  }

  get facts(): readonly EventFacts[] {
    return this.kept
  }

  /** Links what has been added so far; more may be added and linked again. */
  finish(): Reconstruction {
    return reconstruct(this.kept)
  }
}
