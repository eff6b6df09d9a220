import type { AuditEvent } from '@/lib/audit/event'
import { featureRow } from '@/lib/features/feature-row'
import type { ActionLabel } from '@/lib/labels/action-label'
import { isModelLine, lineTarget } from '@/lib/model/line-target'
import { LineTableBuilder } from './encoded/line-table'
import type { TrainingLines } from './execute-types'

/** What the truth says of an auditID. */
export interface LineTruth {
  readonly role: 'trigger' | 'consequence' | 'background' | 'nonresource' | null
  readonly label: ActionLabel | null
}

/** Gathers lines in log order; feature values are kept, each once, the events' bodies are not. */
export class TrainingLineCollector {
  readonly #builder = new LineTableBuilder()
  readonly #limit: number

  /** `limit` null takes every line. */
  constructor(limit: number | null) {
    this.#limit = limit ?? Number.POSITIVE_INFINITY
  }

  get full(): boolean {
    return this.size >= this.#limit
  }

  get size(): number {
    return this.#builder.lines
  }

  /** Events that are no line of a network are passed over; a line without truth has no label and is masked out of the loss. */
  add(event: AuditEvent, truth: LineTruth | null): void {
    if (this.full || !isModelLine(event) || truth?.role === 'nonresource') return
    this.#builder.add(featureRow(event), truth ? lineTarget(event, truth.label) : null, event.auditID)
  }

  lines(source: { name: string; sha256: string }): TrainingLines {
    const table = this.#builder.build()
    return { table, source: { ...source, lines: table.lines } }
  }
}
