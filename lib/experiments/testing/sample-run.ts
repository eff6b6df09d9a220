import { depsFor, shippedData, type TestData } from '../measurements/testing/sample-deps'
import { presetRunSettings } from '../preset-settings'
import { TrainingLineCollector } from '../training-lines'
import type { ExecuteDeps, RunData } from '../execute-types'
import { runSpecSchema, type RunSpec } from '../run-spec'

export const sample = shippedData('sample')

/** A data set in memory as a run reads it. */
export function dataOf({ events, truth }: TestData, name = 'sample'): RunData {
  return {
    loadLog: depsFor({ events, truth }).loadLog,
    loadLines: (limit) => {
      const collector = new TrainingLineCollector(limit)
      for (const event of events) collector.add(event, truth.get(event.auditID) ?? null)
      return Promise.resolve(collector.lines({ name, sha256: '' }))
    },
  }
}

/** Real parts for a run on the shipped sample; the other data set of a transfer is the same log's last requests. */
export async function sampleDeps(changes: Partial<ExecuteDeps> = {}): Promise<ExecuteDeps> {
  const { events, truth } = await sample
  return {
    threads: 1, version: 'test', engine: 'wasm', ...dataOf({ events, truth }), loadScored: (name) => Promise.resolve(dataOf({ events: events.slice(-300), truth }, name)), loadModel: depsFor({ events, truth }).loadModel,
    resume: null, signal: new AbortController().signal, onProgress: () => undefined, onEpoch: () => undefined, onCheckpoint: () => undefined, ...changes,
  }
}

/** Settings of a training that takes a moment. */
export function tinySpec(changes: Partial<RunSpec>): RunSpec {
  const preset = changes.preset ?? 'k8ntext-small'
  return runSpecSchema.parse({ ...presetRunSettings(preset), preset, protocol: 'blocked', seed: 1, lines: null, window: 12, stride: 6, inferStride: 6, batch: 32, epochs: 2, network: { unitsPerFeature: [0.2, 0.2] }, maxSeconds: null, omitFeatures: [], ...changes })
}
