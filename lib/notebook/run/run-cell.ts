import { stableHash } from '@/lib/contexts/context-id'
import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { Cell, CellOf, RunnableCell } from '../cell'
import { dependenciesOf, planRun } from '../dependencies'
import { outputSchema, type CellResult, type MadeOf, type Output, type Results } from '../result'
import { contentFingerprint, outputFingerprint, type Present, type PresentSource } from '../staleness'
import { answerQuery } from './answer-query'
import { compareRuns } from './compare-runs'
import { chartOfAnswer, chartOfRuns } from './draw-chart'
import { pickContext, showContext } from './show-context'
import { showLaunch } from './show-launch'
import type { NotebookSources, RunsOf, SourceDataset, SourceRun } from './sources'

/** What found the contexts of a log: rules with evidence, without a network. */
const LINKS = 'links alone'

interface Made { readonly output: Output; readonly dataset?: SourceDataset; readonly runs?: readonly SourceRun[] }

/**
 * Runs one cell on the outputs of those it is made from. What fails becomes part of the result, since it is part of the notebook; only what is no
 * fault of the notebook (a database that is down) is thrown. `clock` gives the time in milliseconds.
 */
export async function runCell(cells: readonly Cell[], cell: RunnableCell, results: Results, sources: NotebookSources, clock: () => number = Date.now): Promise<CellResult> {
  const began = clock()
  const end = (output: Output | null, error: CellResult['error'], made: MadeOf): CellResult => ({ output, error, made, ranAt: new Date(began).toISOString(), seconds: (clock() - began) / 1000 })
  try {
    const fault = planRun(cells, [cell.id]).faults.get(cell.id)
    if (fault !== undefined) throw new AuditweaveError('bad-source', fault)
    const { output, dataset, runs } = await make(cells, cell, results, sources)
    return end(outputSchema.parse(output), null, madeOf(cell, results, { dataset: dataset ? datasetSource(dataset) : null, runs: runs ? runsSource(runs) : null }))
  } catch (error) {
    if (!isAuditweaveError(error) || error.code === 'database-down') throw error
    return end(null, { code: error.code, message: error.message }, madeOf(cell, results, await presentSource(cells, cell, sources)))
  }
}

function madeOf(cell: RunnableCell, results: Results, { dataset, runs }: PresentSource): MadeOf {
  const from = dependenciesOf(cell).flatMap((id) => {
    const output = results[id]?.output
    return output ? [[id, outputFingerprint(output)] as const] : []
  })
  const model = cell.kind === 'query' || cell.kind === 'context' ? LINKS : null
  return { content: contentFingerprint(cell), dataset, model, runs, from: Object.fromEntries(from) }
}

function datasetSource({ name, version, fingerprint }: SourceDataset): MadeOf['dataset'] {
  return { name, version, fingerprint }
}

function runsSource(runs: readonly SourceRun[]): MadeOf['runs'] {
  return { count: runs.length, fingerprint: stableHash(runs.map((run) => `${run.id} ${run.attempt} ${run.state}`).join('\n')) }
}

function make(cells: readonly Cell[], cell: RunnableCell, results: Results, sources: NotebookSources): Promise<Made> {
  switch (cell.kind) {
    case 'query': return makeAnswer(cell, sources)
    case 'chart': return makeChart(cells, cell, results, sources)
    case 'experiment': return showLaunch(cell, sources)
    case 'comparison': return makeComparison(cells, cell, results, sources)
    case 'context': return makeContext(cells, cell, results, sources)
  }
}

/** @throws AuditweaveError 'not-run' */
function outputOf(id: string, results: Results): Output {
  const output = results[id]?.output
  if (!output) throw new AuditweaveError('not-run', `${id} has no output yet, or failed. Run it first.`)
  return output
}

async function makeAnswer(cell: CellOf<'query'>, sources: NotebookSources): Promise<Made> {
  const dataset = await sources.dataset(cell.dataset)
  return { dataset, output: await answerQuery(cell, dataset, sources) }
}

async function makeChart(cells: readonly Cell[], cell: CellOf<'chart'>, results: Results, sources: NotebookSources): Promise<Made> {
  if (cell.from !== undefined) {
    const output = outputOf(cell.from, results)
    if (output.kind === 'answer') return { output: chartOfAnswer(cell, output) }
  }
  const { experiment, of } = await runsOf(cells, cell, sources)
  return { output: chartOfRuns(cell, of ? await sources.records(of) : [], sources.experiment(experiment)), runs: await doneRuns(of, sources) }
}

/** The runs that a chart or a comparison is made from; `of` is null while there is no launch. @throws AuditweaveError 'bad-source' */
async function runsOf(cells: readonly Cell[], cell: CellOf<'chart'> | CellOf<'comparison'>, sources: NotebookSources): Promise<{ experiment: string; of: RunsOf | null }> {
  const needed = cells.find((one) => one.id === cell.from)
  if (needed?.kind === 'experiment') {
    const launch = await sources.launch(needed)
    return { experiment: needed.experiment, of: launch ? { launch: launch.id } : null }
  }
  if (cell.kind === 'chart' && cell.experiment !== undefined) return { experiment: cell.experiment, of: { experiment: cell.experiment } }
  if (cell.kind === 'comparison' && cell.runs !== undefined) return { experiment: '', of: { numbers: cell.runs.split(',').map(Number) } }
  throw new AuditweaveError('bad-source', cell.kind === 'chart' ? 'The chart has nothing to draw. Choose a query cell, an experiment cell, or an experiment.' : 'There is nothing to compare. Choose an experiment cell, or name runs by their numbers.')
}

async function doneRuns(of: RunsOf | null, sources: NotebookSources): Promise<readonly SourceRun[]> {
  return of ? (await sources.runs(of)).filter((run) => run.state === 'done') : []
}

async function makeComparison(cells: readonly Cell[], cell: CellOf<'comparison'>, results: Results, sources: NotebookSources): Promise<Made> {
  if (cell.from !== undefined) outputOf(cell.from, results)
  const { of } = await runsOf(cells, cell, sources)
  return { output: await compareRuns(cell, of ? await sources.records(of) : [], sources), runs: await doneRuns(of, sources) }
}

async function makeContext(cells: readonly Cell[], cell: CellOf<'context'>, results: Results, sources: NotebookSources): Promise<Made> {
  const from = cells.find((one) => one.id === cell.from)
  const name = from?.kind === 'query' ? from.dataset : cell.dataset
  if (name === undefined) throw new AuditweaveError('bad-source', 'The cell names no data set. Choose one, or a query cell whose answer has the context.')
  const dataset = await sources.dataset(name)
  const id = cell.context ?? pickFrom(cell, results)
  return { dataset, output: await showContext(id, dataset, sources) }
}

/** @throws AuditweaveError 'bad-source', 'not-run' */
function pickFrom(cell: CellOf<'context'>, results: Results): string {
  if (cell.from === undefined) throw new AuditweaveError('bad-source', 'The cell names no context. Give its id, or a query cell whose answer has it.')
  const answer = outputOf(cell.from, results)
  if (answer.kind !== 'answer') throw new AuditweaveError('bad-source', `${cell.from} is no query.`)
  return pickContext(cell, answer)
}

/** What every cell would be made of now; what cannot be told is null. */
export async function presentSources(cells: readonly Cell[], sources: NotebookSources): Promise<Present> {
  const entries: [string, PresentSource][] = []
  for (const cell of cells) if (cell.kind !== 'markdown') entries.push([cell.id, await presentSource(cells, cell, sources)])
  return Object.fromEntries(entries)
}

async function presentSource(cells: readonly Cell[], cell: RunnableCell, sources: NotebookSources): Promise<PresentSource> {
  const from = cells.find((one) => one.id === ('from' in cell ? cell.from : undefined))
  const name = cell.kind === 'query' ? cell.dataset : cell.kind === 'context' ? (from?.kind === 'query' ? from.dataset : cell.dataset) : undefined
  const dataset = name === undefined ? null : await quietly(async () => datasetSource(await sources.dataset(name)))
  return { dataset, runs: await quietly(() => presentRuns(cells, cell, sources)) }
}

async function presentRuns(cells: readonly Cell[], cell: RunnableCell, sources: NotebookSources): Promise<MadeOf['runs']> {
  if (cell.kind === 'query' || cell.kind === 'context') return null
  if (cell.kind === 'experiment') {
    const launch = await sources.launch(cell)
    return runsSource(launch ? await sources.runs({ launch: launch.id }) : [])
  }
  if (cells.find((one) => one.id === cell.from)?.kind === 'query') return null
  return runsSource(await doneRuns((await runsOf(cells, cell, sources)).of, sources))
}

async function quietly<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!isAuditweaveError(error) || error.code === 'database-down') throw error
    return null
  }
}
