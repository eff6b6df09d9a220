import { AuditweaveError } from '@/lib/audit/errors'
import { comparePairs, type Comparison } from '@/lib/experiments/compare/comparison'
import type { LineFacets } from '@/lib/experiments/compare/line-facets'
import { pairLines, type PairedLines } from '@/lib/experiments/compare/paired-lines'
import { pairWarnings } from '@/lib/experiments/compare/pair-warnings'
import type { LineAnswers } from '@/lib/experiments/line-answers'
import { breather } from '@/lib/model/breather'
import { answeredEvents } from '@/lib/store/answered-events'
import { findDataset } from '@/lib/store/datasets'
import { readRunAnswers } from '@/lib/store/run-answers'
import { requireRun, type Run } from '@/lib/store/runs'

export interface PairedRuns {
  readonly a: Run
  readonly b: Run
  /** Where the lines stand; null when that data set is not here any more. */
  readonly datasetId: string | null
  readonly pairs: PairedLines
  readonly facets: readonly (LineFacets | undefined)[]
}

/** What a page shows of two runs: their comparison, and what to beware of. */
export interface ComparedPair extends Comparison { readonly warnings: readonly string[] }

/** Resamples are drawn by it: the same comparison always gives the same intervals. */
const SEED = 1

/**
 * Two runs on the lines that both answered.
 * @throws AuditweaveError 'unknown-run', 'same-run', 'no-answers', 'no-common-lines', 'bad-answers'
 */
export async function pairedRuns(ids: { readonly a: string; readonly b: string }): Promise<PairedRuns> {
  const [a, b] = await Promise.all([requireRun(ids.a), requireRun(ids.b)])
  if (a.id === b.id) throw new AuditweaveError('same-run', `Run ${a.number} is asked for on both sides: choose another for one of them.`)
  const [answersA, answersB] = await Promise.all([answersOf(a), answersOf(b)])
  const pairs = pairLines(answersA, answersB)
  const datasetId = (await findDataset(scoredOn(a)))?.id ?? null
  return { a, b, datasetId, pairs, facets: datasetId === null ? pairs.auditIDs.map(() => undefined) : await answeredEvents(datasetId, pairs.auditIDs) }
}

export async function comparisonOf({ a, b, pairs, facets }: PairedRuns): Promise<ComparedPair> {
  const facts = (run: Run) => ({ number: run.number, protocol: run.protocol, dataset: scoredOn(run) === run.datasetId ? run.datasetName : scoredOn(run), datasetVersion: run.datasetVersion, leaked: run.metrics?.leakedTestLines ?? 0 })
  return { ...await comparePairs(pairs, facets, { seed: SEED, breathe: breather() }), warnings: pairWarnings(facts(a), facts(b), pairs, facets.filter((one) => one === undefined).length) }
}

/** A transfer is tested on the data set that its spec names, every other run on its own. */
function scoredOn(run: Run): string {
  return typeof run.params.scoredOn === 'string' ? run.params.scoredOn : run.datasetId
}

async function answersOf(run: Run): Promise<LineAnswers> {
  const answers = await readRunAnswers(run.id)
  if (answers !== null) return answers
  const why = run.state === 'done' ? 'it was made before answers were kept, or it only measured. Clone it and let it run: the clone keeps them' : `it is ${run.state}. Wait until it is done`
  throw new AuditweaveError('no-answers', `Run ${run.number} has kept no answers line by line: ${why}.`)
}
