import { describe, expect, it } from 'vitest'
import { toHtml } from '@/lib/export/markup'
import { isRunnable, type Cell } from '../cell'
import { exportMarkdownResults } from '../export/markdown-results'
import { printDrawing } from '../export/print-drawing.node.ts'
import { importMarkdown } from '../import-markdown'
import { outputMarkup } from '../output-markup'
import type { CellResult, LinePair, OutputOf, Results } from '../result'
import { staleness } from '../staleness'
import { madeMeasurement, madeRun, memorySources, type MadeRun } from '../testing/memory-sources'
import { presentSources, runCell } from './run-cell'
import type { NotebookSources } from './sources'

const FORMS = [madeMeasurement(1, { method: 'linked' }, [
  { axes: { form: 'raw' }, measures: { bytes: 4000, ratio: 1, storedLines: 10 } }, { axes: { form: 'compact' }, measures: { bytes: 200, ratio: 20, storedLines: 4 } },
])]
const RUNS = [madeRun(1, 5, 'paper', 0.8), madeRun(2, 10, 'paper', 0.9), madeRun(3, 5, 'blocked', 0.7)]

const experiment = (name: string, more: Partial<Extract<Cell, { kind: 'experiment' }>> = {}): Cell => ({ kind: 'experiment', id: 'e', text: '', experiment: name, scale: 'smoke', launch: 'latest', ...more })
const chart = (more: Partial<Extract<Cell, { kind: 'chart' }>>): Cell => ({ kind: 'chart', id: 'c', text: '', experiment: 'window-size', x: 'window', y: 'windowPartsF1', by: 'none', ...more })

async function run(cell: Cell, runs: readonly MadeRun[], sources: NotebookSources = memorySources([], runs), cells: readonly Cell[] = [cell], results: Results = {}): Promise<CellResult> {
  if (!isRunnable(cell)) throw new Error('not runnable')
  return runCell(cells, cell, results, sources)
}

async function launched(cell: Cell, runs: readonly MadeRun[]): Promise<OutputOf<'launch'>> {
  const { output, error } = await run(cell, runs)
  if (output?.kind !== 'launch') throw new Error(error?.message)
  return output
}

async function drawn(cell: Cell, runs: readonly MadeRun[]): Promise<OutputOf<'plot'>> {
  const { output, error } = await run(cell, runs)
  if (output?.kind !== 'plot') throw new Error(error?.message)
  return output
}

describe('a cell of an experiment', () => {
  it('shows the findings and the first table of a launch, of any experiment', async () => {
    const output = await launched(experiment('storage'), FORMS)
    expect(output.report.items.map(({ id }) => id)).toEqual(['forms'])
    expect(output.report.findings).toHaveLength(2)
    expect(output).toMatchObject({ id: 'launch000001', counts: { done: 1, queued: 0 }, seeds: [1], engines: ['wasm'], listed: false, report: { runs: 1, notes: [], source: { scale: 'smoke', dataset: { name: 'sample', version: 1 } } } })
    const { body } = output.report.items[0] ?? {}
    if (body?.kind !== 'table') throw new Error('no table')
    expect(body.rows.map(({ head, cells }) => [head[0], cells[0]?.mean, cells[1]?.mean])).toEqual([['raw', 4000, 64e6], ['compact', 200, 186e3]])
  })

  it('shows what it asks for, in that order', async () => {
    const output = await launched(experiment('storage', { items: 'ratio,forms,notes,runs' }), FORMS)
    expect(output.report.items.map(({ id, body }) => [id, body.kind])).toEqual([['ratio', 'bars'], ['forms', 'table']])
    expect([output.report.findings.length, output.report.notes.length > 0, output.listed]).toEqual([0, true, true])
  })

  it('shows the published figures alone while there is no launch, and says so; a launch makes that stale', async () => {
    const cell = experiment('storage')
    const before = await run(cell, [])
    expect(before).toMatchObject({ error: null, output: { kind: 'launch', id: null, dataset: 'lab-a', report: { runs: 0, source: null } } })
    expect(toHtml(outputMarkup(cell, before.output as NonNullable<CellResult['output']>))).toContain('storage has not been launched on lab-a yet')
    expect([...staleness([cell], { e: before }, await presentSources([cell], memorySources([])))]).toEqual([])
    expect(staleness([cell], { e: before }, await presentSources([cell], memorySources([], FORMS))).get('e')).toEqual(['there are 1 runs, were 0'])
  })

  it('says how far a launch is, and shows the figures that there are', async () => {
    const output = await launched(experiment('window-size'), [...RUNS, madeRun(4, 10, 'blocked', 0.7, 'running'), madeRun(5, 20, 'paper', 0.9, 'failed')])
    expect(output).toMatchObject({ counts: { done: 3, running: 1, failed: 1 }, report: { runs: 3 } })
    expect(toHtml(outputMarkup(experiment('window-size'), output))).toContain('smoke scale on sample, 3 of 5 runs done, 1 running, 1 failed')
  })

  it('is drawn in files as elements that hold nothing but shapes and text', async () => {
    const output = await launched(experiment('storage', { items: 'ratio' }), FORMS)
    const html = toHtml(outputMarkup(experiment('storage'), output, printDrawing()))
    expect(html).toMatch(/<svg[^>]* viewBox="0 0 \d+ \d+"/)
    expect(html).toContain('<path')
    expect(html).not.toMatch(/<style|<image|href="(?!\/experiments)|url\(/i)
    expect(toHtml(outputMarkup(experiment('storage'), output))).not.toContain('<svg')
  })
})

describe('a chart of runs', () => {
  it('stands over names as bars, over numbers as lines, over a measure as marks', async () => {
    const bars = await drawn(chart({ experiment: 'storage', x: 'form', y: 'ratio' }), FORMS)
    if (bars.body?.kind !== 'bars') throw new Error('no bars')
    expect(bars.body.series.map(({ published, bars: those }) => [published, those.map(({ category, mean }) => [category, mean])])).toEqual([[false, [['raw', 1], ['compact', 20]]], [true, [['raw', 1], ['compact', 64e6 / 186e3]]]])
    expect((await drawn(chart({}), RUNS)).body).toMatchObject({ kind: 'lines', series: [{ points: [{ x: 5, mean: 0.75 }, { x: 10, mean: 0.9 }] }, { published: true }] })
    const marks = await drawn(chart({ x: 'trainSeconds', y: 'lineAccuracy', by: 'protocol' }), RUNS)
    expect(marks.body).toMatchObject({ kind: 'scatter', series: [{ title: 'paper protocol', marks: [{ x: 10 }, { x: 20 }] }, { title: 'blocked protocol', marks: [{ x: 10, title: 'run 3', runs: [{ run: 'run3' }] }] }] })
  })

  it('counts only what stands where it looks', async () => {
    const plot = await drawn(chart({ where: 'protocol:paper,window:5' }), RUNS)
    expect(plot.body).toMatchObject({ series: [{ published: false, points: [{ x: 5, mean: 0.8, values: [{ run: 'run1' }] }] }, { published: true, points: [{ x: 5 }] }] })
    expect(plot.protocol).toMatch(/^Paper protocol/)
    expect(plot.protocol).not.toMatch(/blocked/i)
  })

  it('shows what is published, or says that there is nothing, while no run is done', async () => {
    expect((await drawn(chart({}), [])).body).toMatchObject({ kind: 'lines', series: [{ published: true }] })
    const empty = await run(chart({ experiment: 'protocols', x: 'protocol', y: 'lineAccuracy', by: 'preset' }), [])
    expect(toHtml(outputMarkup(chart({}), empty.output as NonNullable<CellResult['output']>))).toContain('Nothing to draw')
  })
})

describe('a comparison', () => {
  const cell: Cell = { kind: 'comparison', id: 'v', text: '', runs: '1,2,3', measures: 'windowPartsF1,bytes' }
  const pair: Pick<LinePair, 'reason' | 'figures' | 'warnings'> = { reason: null, warnings: ['Few lines.'], figures: { lines: 40, accuracy: [0.5, 0.75], onlyA: 1, onlyB: 11, contexts: 30, mcNemar: 0.00635, byLines: { value: 0.25, low: 0.1, high: 0.4, p: 0.01 }, byContexts: { value: 0.25, low: -0.05, high: 0.5, p: 0.2 } } }

  it('holds the first run against those after it on the same lines, and says where it cannot', async () => {
    const sources: NotebookSources = { ...memorySources([], RUNS), compareLines: async (a, b) => (b === 'run2' ? pair : { reason: `${a} and ${b} have no line in common.`, figures: null, warnings: [] }) }
    const { output } = await run(cell, RUNS, sources)
    if (output?.kind !== 'comparison') throw new Error('no comparison')
    expect(output.lines.map(({ a, b, reason }) => [a, b, reason])).toEqual([[1, 2, null], [1, 3, 'run1 and run3 have no line in common.']])
    const html = toHtml(outputMarkup(cell, output))
    for (const said of ['#2 less #1', '0.7500 less 0.5000', '+0.2500 (+0.1000 to +0.4000)', '−0.0500 to +0.5000', '11 to 1', '0.0063', 'Few lines.', '#1 and #3 are not compared line by line: run1 and run3 have no line in common.']) expect(html).toContain(said)
  })

  it('takes a figure of a measurement from its only point that has it', async () => {
    const one = madeMeasurement(7, { method: 'linked' }, [{ axes: { form: 'raw' }, measures: { bytes: 5 } }])
    const { output } = await run({ ...cell, runs: '7,1', measures: 'bytes,ratio' } as Cell, [...FORMS, one])
    expect(output).toMatchObject({ rows: [{ measure: 'bytes', values: [null, 5] }, { measure: 'ratio', values: [null, null] }], lines: [] })
  })

  it('says that nothing is done yet', async () => {
    const { output } = await run(cell, [])
    expect(toHtml(outputMarkup(cell, output as NonNullable<CellResult['output']>))).toContain('no run is done yet')
  })
})

describe('Markdown with results', () => {
  it('has tables for figures, escapes what came out of a log, and is Markdown that can be read in again', async () => {
    const { document } = importMarkdown('# T\n\nText\n\n```experiment id=e experiment=storage items=ratio,forms,runs\n```\n')
    const cell = document.cells[1] as Cell
    const result = await run(cell, FORMS, memorySources([], FORMS.map((one) => ({ ...one, name: 'a | b\n<b>' }))))
    const text = exportMarkdownResults('T', document, { e: result })
    expect(text).toContain('| Form of the log | ours | published |\n| --- | ---: | ---: |\n| raw | 1.0 | 1.0 |')
    expect(text).toMatch(/\| \\#1 \| a \\\| b.*\\<b\\> \|/)
    expect(text).toContain('launched 2026-11-23 10:00:00 UTC; seed 1; engine wasm')
    expect(importMarkdown(text).document.cells.filter(isRunnable)).toHaveLength(1)
  })
})
