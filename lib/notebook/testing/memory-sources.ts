import type { AuditEvent } from '@/lib/audit/event'
import { LogColumns } from '@/lib/contexts/log-columns'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import { AuditweaveError } from '@/lib/audit/errors'
import type { NotebookSources, SourceRun } from '../run/sources'
import type { PublishedPoint } from '@/lib/experiments/points'

/** The last one stands on two axes: no point of a chart over one. */
const PUBLISHED: readonly PublishedPoint[] = [{ axes: { window: 10 }, measures: { windowPartsF1: 0.93, trainSeconds: 50 } }, { axes: { window: 5 }, measures: { windowPartsF1: 0.81 }, deviations: { windowPartsF1: 0.024 } }, { axes: { window: 5, k: 2 }, measures: { windowPartsF1: 0.1 } }]

/** Sources in memory: one data set of real events, and runs as given. */
export function memorySources(events: readonly AuditEvent[], runs: readonly SourceRun[] = [], version = 1): NotebookSources {
  const stream = new StreamingReconstruction()
  stream.add(events)
  const log = stream.finish()
  const columns = new LogColumns(async function* () { yield events })
  return {
    dataset: async (name) => {
      if (name !== 'sample') throw new AuditweaveError('unknown-dataset', `There is no data set "${name}".`)
      return { id: 'd1', name, version, fingerprint: `sample ${version}` }
    },
    linked: async () => log,
    matching: (_, query, of) => columns.matching(query, log, { of }),
    events: async function* (_, auditIDs) {
      yield auditIDs ? events.filter((event) => auditIDs.includes(event.auditID)) : events
    },
    launch: async ({ experiment }) => (runs.length > 0 ? { id: 'launch000001', name: experiment, title: 'Window size', scale: 'smoke', datasetName: 'sample', createdAt: '2026-11-23T10:00:00.000Z' } : null),
    runs: async (of) => ('numbers' in of ? runs.filter((run) => of.numbers.includes(run.number)) : runs),
    published: () => PUBLISHED,
  }
}

export function madeRun(number: number, window: number, protocol: 'paper' | 'blocked', f1: number, state: SourceRun['state'] = 'done'): SourceRun {
  const metrics = { windowPartsF1: f1, lineAccuracy: f1 - 0.1, leakedTestLines: protocol === 'paper' ? 1 : 0 } as NonNullable<SourceRun['metrics']>
  const timings = { trainSeconds: window * 2, inferMillisPerLine: 0.2 } as NonNullable<SourceRun['timings']>
  return { id: `run${number}`, number, name: `W=${window} <b>`, preset: 'k8ntext', protocol, seed: 1, attempt: 1, axes: { window, protocol }, state, metrics: state === 'done' ? metrics : null, timings: state === 'done' ? timings : null }
}
