import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '@/lib/audit/source.node.ts'
import { executeRun } from '@/lib/experiments/execute-run'
import type { LabelledLog } from '@/lib/experiments/labelled-log'
import type { TrainingLines, TrainingOutcome } from '@/lib/experiments/execute-types'
import { presetRunSettings } from '@/lib/experiments/preset-settings'
import { runSpecSchema, type RunSpec } from '@/lib/experiments/run-spec'
import { makeLabel } from '@/lib/labels/codec'
import { parseModel } from '@/lib/model/model-file'
import { createSplit, requireSplit } from '@/lib/store/dataset-versions/splits'
import type { StoredSplit } from '@/lib/store/dataset-versions/types'
import { importDataset } from '@/lib/store/import-dataset'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { loadLabelledLog } from './load-labelled-log'
import { loadSplit } from './load-split'
import { loadTrainingLines } from './load-training-lines'

let database: TestDatabase
let split: StoredSplit

beforeAll(async () => {
  database = await openTestDatabase()
  const { dataset } = await importDataset(openSource('datasets/sample/audit.jsonl.gz'), { name: 'tiny', truth: openSource('datasets/sample/truth.jsonl.gz') })
  await createSplit('tiny', { name: 'scattered', spec: { protocol: 'random', seed: 5, validation: 0.2, test: 0.3 } }, 'ann')
  split = await requireSplit(dataset.id, 'scattered')
}, 60_000)
afterAll(() => database.close())

const OTHER = makeLabel({ group: 'apps', resource: 'deployments', subresource: '', verb: 'create', namespaced: true, single: true })
const isTested = (auditID: string): boolean => split.partOf.get(auditID) === 2

/** The lines with every label of the test part another one. */
function mislabelled(lines: TrainingLines): TrainingLines {
  const { table } = lines
  return { ...lines, table: { ...table, labels: [...table.labels, OTHER], labelCodes: table.labelCodes.map((code, line) => (code >= 0 && isTested(table.auditIDs[line] ?? '') ? table.labels.length : code)) } }
}

function mislabelledLog(log: LabelledLog): LabelledLog {
  return { ...log, truth: async () => new Map([...await log.truth()].map(([auditID, known]) => [auditID, known.label && isTested(auditID) ? { ...known, label: OTHER } : known])) }
}

const SMALL: Partial<RunSpec> = { epochs: 1, stride: 4, inferStride: 8, batch: 32, window: 8 }

function train(preset: string, changes: Partial<RunSpec> = {}, change: 'as stored' | 'test labels wrong' = 'as stored'): Promise<TrainingOutcome> {
  const spec = runSpecSchema.parse({ ...presetRunSettings(preset), preset, protocol: 'stored', storedSplit: { name: 'scattered' }, seed: 3, lines: null, maxSeconds: null, omitFeatures: [], ...SMALL, ...(preset === 'linked' ? { window: 32, batch: 4 } : {}), ...changes })
  const wrong = change === 'test labels wrong'
  return executeRun(spec, {
    threads: 1, version: 'test', loadScored: () => Promise.reject(new Error('not asked for')), loadModel: () => Promise.reject(new Error('not asked for')), resume: null, signal: new AbortController().signal,
    loadLines: async (limit) => { const lines = await loadTrainingLines('tiny', limit); return wrong ? mislabelled(lines) : lines },
    loadLog: async () => { const log = await loadLabelledLog('tiny'); return wrong ? mislabelledLog(log) : log },
    loadSplit: (wanted) => loadSplit('tiny', wanted), onProgress: () => undefined, onEpoch: () => undefined, onCheckpoint: () => undefined,
  }) as Promise<TrainingOutcome>
}

describe.each(['k8ntext', 'linked'])('a training of %s on a stored split', (preset) => {
  it('answers the test part alone, learns nothing of its labels, and says by which split', async () => {
    const [run, again] = [await train(preset), await train(preset, {}, 'test labels wrong')]
    const { manifest } = parseModel(run.model.manifest, run.model.weights)
    expect(manifest.protocol).toMatchObject({ name: 'stored', split: { name: 'scattered', version: 1 } })
    expect(manifest.protocol.test).toBeCloseTo(0.3, 2)
    expect(run.metrics).toMatchObject({ leakedTestLines: 0 })
    expect(run.metrics.testLines).toBeGreaterThan(100)
    expect(run.answers.auditIDs.length).toBeGreaterThan(100)
    expect(run.answers.auditIDs.filter((auditID) => !isTested(auditID))).toEqual([])
    expect(Buffer.from(again.model.weights).equals(Buffer.from(run.model.weights))).toBe(true)
    // The wrong labels were there to be learnt: they are what it was scored by.
    const wanted = ({ answers }: TrainingOutcome): Set<string | undefined> => new Set([...answers.want].map((at) => answers.labels[at]))
    expect(wanted(run).size).toBeGreaterThan(6)
    expect(wanted(again).size).toBeLessThan(4)
  }, 120_000)
})

describe('a stored split', () => {
  it('is told by name and version; a wrong one with those there are', async () => {
    await expect(train('k8ntext', { storedSplit: { name: 'by user' } })).rejects.toMatchObject({ code: 'unknown-split', message: 'This data set has no split "by user". It has "scattered" of version 1.' })
    await expect(loadSplit('tiny', { name: 'scattered', version: 9 })).rejects.toMatchObject({ code: 'unknown-split', message: expect.stringContaining('of version 9') as string })
    expect(await loadSplit('tiny', { name: 'scattered', version: 1 })).toMatchObject({ name: 'scattered', version: 1, partOf: split.partOf })
  })

  it('must be named, and hold lines that take part', async () => {
    await expect(train('k8ntext', { storedSplit: undefined })).rejects.toMatchObject({ code: 'no-split' })
    await expect(train('k8ntext', { window: 600 })).rejects.toMatchObject({ code: 'log-too-short' })
  })
})
