import { fileURLToPath } from 'node:url'
import type { AuditEvent } from '@/lib/audit/event'
import { loadEngine } from '@/lib/engine/load.node.ts'
import { shippedEvents, type ShippedEvents } from '@/lib/labelling/learner/testing/shipped-events'
import type { TruthById } from '@/lib/model/linked/linked-target'
import { readNamedModel } from '@/lib/model/model-directory.node.ts'
import { TrainingLineCollector } from '../../training-lines'
import type { MeasurementDeps } from '../measurement-deps'

const root = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))

/** A shipped data set in memory, with its truth. */
export type TestData = ShippedEvents
export const shippedData = shippedEvents

/** Real parts for a measurement of data at hand: the wasm engine and the models that ship. */
export function depsFor({ events, truth }: TestData, changes: Partial<MeasurementDeps> = {}): MeasurementDeps {
  return {
    seed: 1,
    threads: 1,
    signal: new AbortController().signal,
    loadLog: () => Promise.resolve({ source: { name: 'test', sha256: '' }, events: () => batches(events), truth: () => Promise.resolve(truth) }),
    loadLines: () => Promise.resolve(linesOf(events, truth)),
    loadEngine: () => loadEngine('wasm', { threads: 1 }),
    loadModel: (name) => readNamedModel([root('models')], name),
    onProgress: () => undefined,
    ...changes,
  }
}

function linesOf(events: readonly AuditEvent[], truth: TruthById): ReturnType<TrainingLineCollector['lines']> {
  const collector = new TrainingLineCollector(null)
  for (const event of events) collector.add(event, truth.get(event.auditID) ?? null)
  return collector.lines({ name: 'test', sha256: '' })
}

async function* batches(events: readonly AuditEvent[]): AsyncGenerator<AuditEvent[]> {
  for (let at = 0; at < events.length; at += 100) yield events.slice(at, at + 100)
}
