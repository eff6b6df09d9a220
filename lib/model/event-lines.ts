import type { AuditEvent } from '@/lib/audit/event'
import type { Engine } from '@/lib/engine/types'
import { featureRow } from '@/lib/features/feature-row'
import type { ActionLabel } from '@/lib/labels/action-label'
import { ownAction } from '@/lib/labels/own-action'
import { labelRows, type LabelOptions } from './label-events'
import { isModelLine } from './line-target'
import type { WindowsModel } from './model-file'
import type { Suggestion } from './prediction'

/** A line as the windows family sees it: `row` holds the 39 categories. */
export interface WindowLine { readonly auditID: string; readonly at: number; readonly row: readonly (string | null)[]; readonly own: ActionLabel | null }

/** Keeps of a stream of events what a network needs, so that bodies can be freed; lines are put in order of time. */
export class EventLines {
  readonly #lines: WindowLine[] = []
  readonly #pool = new Map<string, string>()

  add(events: readonly AuditEvent[]): void {
    for (const event of events) {
      if (!isModelLine(event)) continue
      const row = featureRow(event).map((value) => (value === null ? null : this.#shared(value)))
      this.#lines.push({ auditID: event.auditID, at: event.receivedMicros ?? Number.POSITIVE_INFINITY, row, own: ownAction(event) })
    }
  }

  /** Lines in order of time. */
  sorted(): readonly WindowLine[] { return this.#lines.toSorted((a, b) => a.at - b.at) }

  /** What the model says of every line, by auditID; of an auditID with several stages, the last. */
  async suggest(model: WindowsModel, engine: Engine, options: LabelOptions = {}): Promise<Map<string, Suggestion>> {
    const sorted = this.sorted()
    if (sorted.length === 0) return new Map()
    const predictions = await labelRows(model, engine, sorted.map((line) => line.row), options)
    return new Map(sorted.flatMap((line, i) => {
      const prediction = predictions[i]
      return prediction ? [[line.auditID, { own: line.own, prediction, pointsAt: null }] as const] : []
    }))
  }

  /** Values repeat in nearly every line; a slice of a parsed body would keep the body alive. */
  #shared(value: string): string {
    const known = this.#pool.get(value)
    if (known !== undefined) return known
    this.#pool.set(value, value)
    return value
  }
}
