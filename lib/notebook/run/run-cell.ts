import { stableHash } from '@/lib/contexts/context-id'
import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { Cell, CellOf, RunnableCell } from '../cell'
import { dependenciesOf, planRun } from '../dependencies'
import { runMeasure } from '../measures'
import { outputSchema, type CellResult, type LaunchedRun, type MadeOf, type Output, type OutputOf, type Results } from '../result'
import { contentFingerprint, outputFingerprint, type Present, type PresentSource } from '../staleness'
import { answerQuery } from './answer-query'
import { chartOfAnswer, chartOfRuns, numberAt } from './draw-chart'
import { pickContext, showContext } from './show-context'
import type { NotebookSources, SourceDataset, SourceRun } from './sources'

/** What found the contexts of a log: rules with evidence, without a network. */
const LINKS = 'links alone'
const MOST_RUNS = 200

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
    case 'experiment': return makeLaunch(cell, sources)
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
  const { experiment, runs } = await runsOf(cells, cell, sources)
  const done = runs.filter((run) => run.state === 'done')
  if (done.length === 0) throw new AuditweaveError('no-runs', `No run of ${experiment} is done yet. Launch it, then run this cell again.`)
  return { output: chartOfRuns(cell, done, sources.published(experiment)), runs: done }
}

/** The runs that a chart or a comparison is made from. @throws AuditweaveError 'bad-source' */
async function runsOf(cells: readonly Cell[], cell: CellOf<'chart'> | CellOf<'comparison'>, sources: NotebookSources): Promise<{ experiment: string; runs: readonly SourceRun[] }> {
  const needed = cells.find((one) => one.id === cell.from)
  if (needed?.kind === 'experiment') {
    const launch = await sources.launch({ experiment: needed.experiment, dataset: needed.dataset, launch: needed.launch })
    return { experiment: needed.experiment, runs: launch ? await sources.runs({ launch: launch.id }) : [] }
  }
  if (cell.kind === 'chart' && cell.experiment !== undefined) return { experiment: cell.experiment, runs: await sources.runs({ experiment: cell.experiment }) }
  if (cell.kind === 'comparison' && cell.runs !== undefined) return { experiment: 'these', runs: await sources.runs({ numbers: cell.runs.split(',').map(Number) }) }
  throw new AuditweaveError('bad-source', cell.kind === 'chart' ? 'The chart has nothing to draw. Choose a query cell, an experiment cell, or an experiment.' : 'There is nothing to compare. Choose an experiment cell, or name runs by their numbers.')
}

async function makeLaunch(cell: CellOf<'experiment'>, sources: NotebookSources): Promise<Made> {
  const launch = await sources.launch({ experiment: cell.experiment, dataset: cell.dataset, launch: cell.launch })
  if (!launch) throw new AuditweaveError('no-runs', `${cell.experiment} has not been launched${cell.dataset === undefined ? '' : ` on ${cell.dataset}`} yet. Launch it from this cell, or choose a launch.`)
  const runs = await sources.runs({ launch: launch.id })
  const shown = runs.slice(0, MOST_RUNS).map(launchedRun)
  const output: OutputOf<'launch'> = { kind: 'launch', id: launch.id, experiment: launch.name, title: launch.title.slice(0, 300), scale: launch.scale, dataset: launch.datasetName, createdAt: launch.createdAt, runs: shown, more: runs.length - shown.length }
  return { output, runs }
}

function launchedRun(run: SourceRun): LaunchedRun {
  const { id, number, name, protocol, seed, state } = run
  return { id, number, name: name.slice(0, 300), protocol, seed, state, window: numberAt(run.axes, 'window'), windowPartsF1: run.metrics?.windowPartsF1 ?? null, lineAccuracy: run.metrics?.lineAccuracy ?? null, trainSeconds: run.timings?.trainSeconds ?? null }
}

const MOST_COMPARED = 12

async function makeComparison(cells: readonly Cell[], cell: CellOf<'comparison'>, results: Results, sources: NotebookSources): Promise<Made> {
  if (cell.from !== undefined) outputOf(cell.from, results)
  const { experiment, runs } = await runsOf(cells, cell, sources)
  const done = runs.filter((run) => run.state === 'done')
  if (done.length === 0) throw new AuditweaveError('no-runs', `No run of ${experiment} is done yet. Run this cell again when one is.`)
  const measures = cell.measures.split(',').map((id) => {
    const measure = runMeasure(id)
    if (!measure) throw new AuditweaveError('bad-comparison', `Runs have no figure "${id.slice(0, 60)}".`)
    return measure
  })
  const compared = done.slice(0, MOST_COMPARED)
  const output: Output = {
    kind: 'comparison',
    runs: compared.map((run) => ({ id: run.id, number: run.number, label: labelOf(run), protocol: run.protocol })),
    rows: measures.map((measure) => ({ measure: measure.id, values: compared.map((run) => numberAt(run[measure.from], measure.id)) })),
  }
  return { output, runs: done }
}

function labelOf(run: SourceRun): string {
  const window = numberAt(run.axes, 'window')
  return `${run.protocol}${window === null ? '' : ` W=${window}`}`
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
  if (cell.kind !== 'experiment') return runsSource((await runsOf(cells, cell, sources)).runs.filter((run) => run.state === 'done'))
  const launch = await sources.launch({ experiment: cell.experiment, dataset: cell.dataset, launch: cell.launch })
  return launch ? runsSource(await sources.runs({ launch: launch.id })) : null
}

async function quietly<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!isAuditweaveError(error) || error.code === 'database-down') throw error
    return null
  }
}
