import type { LabelBatch, RequestLabel } from '@/lib/labelling/types'
import { applyStep } from './apply-step'
import type { LabelState, Pending } from './model'
import { labelOf } from './standing'

/** An act as it waits, from what is to be sent: one of an earlier visit, or one that a conflict held up. */
export function pendingOf(state: Pick<LabelState, 'log' | 'index' | 'labels' | 'annotator'>, batch: LabelBatch, at: string): Pending {
  const actor = state.annotator?.name ?? null
  const effects = new Map<number, RequestLabel>()
  for (const { auditID, act, suggestion } of batch.changes) {
    const request = state.index.requestOf.get(auditID)
    if (request === undefined) continue
    effects.set(request, applyStep(effects.get(request) ?? labelOf(state, request), { request, act, suggestion }, actor, at))
  }
  return { id: batch.id, sending: { kind: 'batch', batch }, effects, line: { id: batch.id, kind: batch.kind, title: batch.title, actor: actor ?? '', changes: batch.changes.length, at } }
}
