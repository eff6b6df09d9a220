import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { featureRow } from '@/lib/features/feature-row'
import type { ActionLabel } from '@/lib/labels/action-label'
import { isModelLine, lineTarget } from '../line-target'
import { LinkedLines } from '../linked/linked-lines'
import { isLinkedModel, isWindowsModel, type LinkedModel, type TrainedModel, type WindowsModel } from '../model-file'
import type { Explainable } from './explainable'
import { explainLinked } from './linked-explainable'
import { explainWindows } from './windows-explainable'

/** What a truth says of a line: the label of its context, null for background. */
export interface KnownLabel { readonly label: ActionLabel | null }

/** A log's lines as a model takes them, and which auditID each is. */
export interface CollectedLines { readonly explainable: Explainable; readonly auditIDs: readonly string[] }

/** Keeps of a stream of events what explaining a model of any family on them needs, so that bodies can be freed. */
export interface LineCollector {
  /** `truth` null where nobody knows. */
  add(event: AuditEvent, truth: KnownLabel | null): void
  /** The lines in order of time. */
  finish(): CollectedLines
}

/** @throws AuditweaveError 'bad-model' for a family that is unknown here */
export function collectorFor(model: TrainedModel): LineCollector {
  if (isLinkedModel(model)) return new LinkedCollector(model)
  if (isWindowsModel(model)) return new RowCollector(model)
  throw new AuditweaveError('bad-model', 'The model is of a family that is unknown here: take a newer version of Auditweave.')
}

interface Line { readonly auditID: string; readonly at: number; readonly row: readonly (string | null)[]; readonly label: ActionLabel | null }

class RowCollector implements LineCollector {
  readonly #lines: Line[] = []

  constructor(readonly model: WindowsModel) {}

  add(event: AuditEvent, truth: KnownLabel | null): void {
    if (!isModelLine(event)) return
    this.#lines.push({ auditID: event.auditID, at: event.receivedMicros ?? Number.POSITIVE_INFINITY, row: featureRow(event), label: truth ? lineTarget(event, truth.label) : null })
  }

  finish(): CollectedLines {
    const lines = [...this.#lines].sort((a, b) => a.at - b.at)
    return { explainable: explainWindows(this.model, lines.map(({ row }) => row), lines.map(({ label }) => label)), auditIDs: lines.map(({ auditID }) => auditID) }
  }
}

class LinkedCollector implements LineCollector {
  readonly #lines = new LinkedLines()
  readonly #truth = new Map<string, KnownLabel>()

  constructor(readonly model: LinkedModel) {}

  add(event: AuditEvent, truth: KnownLabel | null): void {
    this.#lines.add([event])
    if (truth) this.#truth.set(event.auditID, truth)
  }

  finish(): CollectedLines {
    const table = this.#lines.table()
    const facts = Array.from(table.eventOf, (index) => table.events[index])
    const labels = facts.map((fact) => { const known = fact && this.#truth.get(fact.auditID); return known ? known.label ?? fact.label : null })
    return { explainable: explainLinked(this.model, table, labels), auditIDs: facts.map((fact) => fact?.auditID ?? '') }
  }
}
