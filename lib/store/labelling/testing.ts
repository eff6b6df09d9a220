import { randomUUID } from 'node:crypto'
import { memorySource } from '@/lib/audit/source'
import type { LabelAct, LabelBatch, RequestLabel } from '@/lib/labelling/types'
import { importDataset } from '../import-dataset'
import { labelsSince } from './labels-since'
import { writeBatch, type BatchOutcome } from './write-batch'

/** A data set of `count` requests r0, r1, ..., each a line. */
export async function datasetOf(name: string, count: number): Promise<string> {
  const lines = Array.from({ length: count }, (_, i) => JSON.stringify({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: `r${i}`, stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'list', user: { username: 'u' },
    requestReceivedTimestamp: new Date(Date.UTC(2026, 0, 1) + i * 10).toISOString().replace('Z', '000Z'),
  }))
  return (await importDataset(memorySource(lines.join('\n')), { name })).dataset.id
}

export const act = (resource: string, context: string | null = null): LabelAct => ({ kind: 'label', role: 'trigger', context, label: { group: '', resource, verb: 'create', namespaced: true, single: true } })

export function batchOf(changes: readonly [auditID: string, act: LabelAct, seen?: number][], more: Partial<LabelBatch> = {}): LabelBatch {
  return { id: randomUUID(), kind: 'label', title: 'an act', assignment: null, changes: changes.map(([auditID, one, seen]) => ({ auditID, act: one, suggestion: null, seen: seen ?? Number.MAX_SAFE_INTEGER })), ...more }
}

/** What stands, by auditID; all that changes with time left out. */
export async function standing(datasetId: string, assignment: string | null = null): Promise<Record<string, unknown>> {
  const { labels } = await labelsSince({ datasetId, assignment }, 0)
  const of = ({ standing: how, role, label, context, actor, flagged, skipped, comments }: RequestLabel): unknown[] => [how, role, label?.resource ?? null, context, actor, flagged, skipped, comments]
  const blank = JSON.stringify(['unlabelled', null, null, null, null, false, false, 0])
  return Object.fromEntries(labels.map((one) => [one.auditID, of(one)] as const).filter(([, state]) => JSON.stringify(state) !== blank))
}

export async function write(datasetId: string, actor: string, ...[changes, more]: Parameters<typeof batchOf>): Promise<BatchOutcome> {
  return writeBatch(datasetId, batchOf(changes, more), actor)
}
