import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { isRunnable, type Cell } from '@/lib/notebook/cell'
import { planRun } from '@/lib/notebook/dependencies'
import { importMarkdown } from '@/lib/notebook/import-markdown'
import type { CellResult, Results } from '@/lib/notebook/result'
import { presentSources, runCell } from '@/lib/notebook/run/run-cell'
import { staleness } from '@/lib/notebook/staleness'
import { inTransaction, sql } from './database'
import { listExampleNotebooks } from './example-notebooks'
import { createExperiment } from './experiments'
import { importDataset } from './import-dataset'
import { notebookSources } from './notebook-sources'
import { writeRunAnswers } from './run-answers'
import { openTestDatabase, type TestDatabase } from './testing'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f']
const LOG = IDS.map((auditID, second) => JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID, stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'get', user: { username: 'u' }, requestReceivedTimestamp: `2026-01-01T00:00:0${second}.000000Z` })).join('\n')

let database: TestDatabase
let datasetId = ''
beforeAll(async () => {
  database = await openTestDatabase()
  datasetId = (await importDataset(memorySource(LOG), { name: 'tiny' })).dataset.id
})
afterAll(() => database.close())

async function runAll(cells: readonly Cell[]): Promise<Results> {
  let results: Results = {}
  for (const id of planRun(cells).order) {
    const cell = cells.find((one) => one.id === id)
    if (cell && isRunnable(cell)) results = { ...results, [id]: await runCell(cells, cell, results, notebookSources()) }
  }
  return results
}

const failures = (results: Results): string[] => Object.entries(results).flatMap(([id, { error }]) => (error ? [`${id}: ${error.message}`] : []))

describe('the notebooks that ship, where nothing has been launched', () => {
  it.each(['reproducing-the-paper', 'why-98-is-68'])('%s: every cell of an experiment says so and shows what is published', async (name) => {
    const text = (await listExampleNotebooks()).find((example) => example.name === name)?.text ?? ''
    const { document: { cells } } = importMarkdown(text)
    const experiments = cells.filter((cell) => cell.kind === 'experiment')
    const results = await runAll(cells.filter((cell) => isRunnable(cell) && cell.kind !== 'query' && !(cell.kind === 'chart' && cell.from === 'large')))
    expect(failures(results)).toEqual([])
    for (const cell of experiments) {
      const output = results[cell.id]?.output
      if (output?.kind !== 'launch') throw new Error(`${cell.id} is ${output?.kind ?? 'without output'}`)
      expect(output.id, cell.id).toBeNull()
      for (const asked of (cell.items ?? '').split(',').filter((id) => id !== 'findings')) expect(output.report.items.map(({ id }) => id), cell.id).toContain(asked)
    }
    expect([...staleness(cells, results, await presentSources(cells, notebookSources()))]).toEqual([])
  })

  it('go through every table and figure of the evaluation', async () => {
    const text = (await listExampleNotebooks()).map((example) => example.text).join('\n')
    const used = new Set(importMarkdown(text).document.cells.flatMap((cell) => (cell.kind === 'experiment' ? [cell.experiment] : [])))
    expect([...used].sort()).toEqual(['class-accuracy', 'cluster-sizes', 'feature-removal', 'feature-selection', 'inference-time', 'k-fold', 'label-noise', 'level', 'protocols', 'query-time', 'splits', 'storage', 'tuner', 'window-size'])
  })
})

describe('runs of the store in cells', () => {
  let ids: string[] = []
  let numbers: number[] = []
  beforeAll(async () => {
    const run = (seed: number, protocol: string, window: number) => ({ name: `W=${window}`, preset: 'net', protocol, seed, axes: { window }, params: { seed } })
    const { experiment, runIds } = await createExperiment({ name: 'window-size', title: 'Window size', spec: {}, scale: 'smoke', datasetId, runs: [run(1, 'blocked', 5), run(2, 'blocked', 5), run(1, 'blocked', 10), run(1, 'paper', 5)] })
    ids = [experiment.id, ...runIds]
    for (const [at, f1] of [0.8, 0.9, 0.85].entries()) await sql(`UPDATE runs SET state = 'done', started_at = now(), finished_at = now(), metrics = jsonb_build_object('windowPartsF1', $2::float, 'lineAccuracy', 0.5), timings = '{"trainSeconds": 3}' WHERE id = $1`, [runIds[at], f1])
    const answers = (auditIDs: string[], got: number[]) => ({ auditIDs, labels: ['pods', 'secrets'], want: new Int32Array(got.length), got: Int32Array.from(got), confidence: new Float32Array(got.length).fill(0.5) })
    await inTransaction((client) => writeRunAnswers(client, runIds[0] ?? '', answers(IDS.slice(0, 5), [0, 0, 1, 1, 0])))
    await inTransaction((client) => writeRunAnswers(client, runIds[1] ?? '', answers(IDS.slice(1), [1, 0, 1, 0, 0])))
    numbers = (await sql<{ number: number }>('SELECT number FROM runs WHERE experiment_id = $1 ORDER BY number', [experiment.id])).map((row) => row.number)
  })

  const cells: Cell[] = [
    { kind: 'experiment', id: 'e', text: '', experiment: 'window-size', dataset: 'tiny', scale: 'smoke', launch: 'latest', items: 'f1' },
    { kind: 'chart', id: 'c', text: '', from: 'e', x: 'window', y: 'windowPartsF1', by: 'protocol' },
    { kind: 'comparison', id: 'v', text: '', from: 'e', measures: 'windowPartsF1,trainSeconds' },
  ]

  it('give the report of the launch, its data set version and seeds, and what is still to come', async () => {
    const results = await runAll(cells)
    expect(failures(results)).toEqual([])
    expect(results.e?.output).toMatchObject({ id: ids[0], dataset: 'tiny', counts: { done: 3, queued: 1 }, seeds: [1, 2], report: { runs: 3, source: { launch: ids[0], dataset: { name: 'tiny', version: 1 } } } })
    expect(results.c?.output).toMatchObject({ body: { kind: 'lines', series: [{ title: 'blocked protocol', points: [{ x: 5, mean: expect.closeTo(0.85, 9) as unknown }, { x: 10, mean: 0.85 }] }, { published: true }] } })
    expect([...staleness(cells, results, await presentSources(cells, notebookSources()))]).toEqual([])
  })

  it('are compared on the lines that both answered, and where there are none it is said why', async () => {
    const { output } = (await runAll(cells)).v as CellResult
    if (output?.kind !== 'comparison') throw new Error('no comparison')
    // In common b to e: the first has b and e right, the second c and e.
    expect(output.lines[0]).toMatchObject({ a: numbers[0], b: numbers[1], reason: null, figures: { lines: 4, accuracy: [0.5, 0.5], onlyA: 1, onlyB: 1, mcNemar: 1, byLines: { value: 0 } } })
    expect(output.lines[0]?.warnings.join(' ')).toMatch(/test lines are not the same/)
    expect(output.lines[1]).toMatchObject({ b: numbers[2], figures: null, reason: expect.stringMatching(`run ${numbers[2]} kept no answers`) as unknown })
    expect(output.rows).toEqual([{ measure: 'windowPartsF1', values: [0.8, 0.9, 0.85] }, { measure: 'trainSeconds', values: [3, 3, 3] }])
  })

  it('give the same bytes each time, whoever asks', async () => {
    const [first, second] = [await runAll(cells), await runAll(cells)]
    const bytes = (results: Results): string => JSON.stringify(Object.entries(results).map(([id, { output, made }]) => [id, output, made]))
    expect(bytes(second)).toBe(bytes(first))
  })

  it('are found by their numbers too', async () => {
    const cell: Cell = { kind: 'comparison', id: 'n', text: '', runs: [...numbers].reverse().join(','), measures: 'windowPartsF1' }
    const { n } = await runAll([cell])
    expect(n?.output).toMatchObject({ runs: [{ number: numbers[0], label: 'blocked, W=5, seed 1' }, { label: 'blocked, W=5, seed 2' }, { label: 'blocked, W=10, seed 1' }], rows: [{ values: [0.8, 0.9, 0.85] }] })
  })
})
