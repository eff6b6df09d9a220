import type { AuditEvent } from '@/lib/audit/event'
import { AuditweaveError } from '@/lib/audit/errors'
import { LogColumns } from '@/lib/contexts/log-columns'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import { getExperiment } from '@/lib/experiments/catalogue'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import type { ComparedLines, NotebookSources, RunsOf, SourceRun } from '../run/sources'

/** A run as the store has it: how it stands, and its figures. */
export type MadeRun = SourceRun & RunRecord

const NO_ANSWERS: ComparedLines = { reason: 'runs of tests keep no answers.', figures: null, warnings: [] }

/** Sources in memory: one data set of real events, and runs as given, all of one launch. */
export function memorySources(events: readonly AuditEvent[], runs: readonly MadeRun[] = [], version = 1): NotebookSources {
  const stream = new StreamingReconstruction()
  stream.add(events)
  const log = stream.finish()
  const columns = new LogColumns(async function* () { yield events })
  const wanted = (of: RunsOf): readonly MadeRun[] => ('numbers' in of ? runs.filter((run) => of.numbers.includes(run.number)) : runs)
  return {
    dataset: async (name) => {
      if (name !== 'sample') throw new AuditweaveError('unknown-dataset', `There is no data set "${name}".`)
      return { id: 'd1', name, version, fingerprint: `sample ${version}` }
    },
    linked: async () => log,
    matching: async (_, query, of) => columns.matching(query, log, { of }),
    events: async function* (_, auditIDs) {
      yield auditIDs ? events.filter((event) => auditIDs.includes(event.auditID)) : events
    },
    experiment: getExperiment,
    launch: async ({ experiment, launch }) => (runs.length > 0 && launch === 'latest' ? { id: 'launch000001', name: experiment, title: 'A launch', scale: 'smoke', datasetName: 'sample' } : null),
    launchSource: async (launch) => ({ launch, scale: 'smoke', dataset: { name: 'sample', version, sha256: 'ab'.repeat(32) }, at: '2026-11-23T10:00:00.000Z' }),
    runs: async (of) => wanted(of),
    records: async (of) => wanted(of).filter((run) => run.state === 'done'),
    compareLines: async () => NO_ANSWERS,
  }
}

function made(number: number, kind: RunRecord['kind'], axes: RunRecord['axes'], state: SourceRun['state']): Omit<MadeRun, 'metrics' | 'timings' | 'points'> {
  return { id: `run${number}`, number, kind, name: `run ${number} <b>`, protocol: String(axes['protocol'] ?? 'whole'), seed: 1, attempt: 1, axes: { seed: 1, preset: 'k8ntext', ...axes }, state, perClass: null, engine: 'wasm' }
}

/** A training with made-up figures. */
export function madeRun(number: number, window: number, protocol: 'paper' | 'blocked', f1: number, state: SourceRun['state'] = 'done'): MadeRun {
  const metrics = { windowPartsF1: f1, lineAccuracy: f1 - 0.1, leakedTestLines: protocol === 'paper' ? 1 : 0 } as NonNullable<RunRecord['metrics']>
  const timings = { trainSeconds: window * 2, inferMillisPerLine: 0.2 } as NonNullable<RunRecord['timings']>
  return { ...made(number, 'train', { window, protocol }, state), metrics: state === 'done' ? metrics : null, timings: state === 'done' ? timings : null, points: [] }
}

/** A measurement with made-up points. */
export function madeMeasurement(number: number, axes: RunRecord['axes'], points: RunRecord['points'], state: SourceRun['state'] = 'done'): MadeRun {
  return { ...made(number, 'measure', { protocol: 'whole', ...axes }, state), metrics: null, timings: null, points: state === 'done' ? points : [] }
}
