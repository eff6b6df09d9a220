import { isAuditweaveError } from '@/lib/audit/errors'
import { comparePairs, type Comparison } from '@/lib/experiments/compare/comparison'
import { pairLines } from '@/lib/experiments/compare/paired-lines'
import { pairWarnings, type PairedRunFacts } from '@/lib/experiments/compare/pair-warnings'
import { breather } from '@/lib/model/breather'
import type { ComparedLines } from '@/lib/notebook/run/sources'
import { answeredEvents } from './answered-events'
import { findDataset } from './datasets'
import { readRunAnswers } from './run-answers'
import { requireRun, type Run } from './runs'

/** Resamples are drawn by it: the same comparison always gives the same intervals. */
const SEED = 1

/** Two runs on the lines that both answered; where there are none, why. */
export async function compareRunLines(idA: string, idB: string): Promise<ComparedLines> {
  const [a, b] = await Promise.all([requireRun(idA), requireRun(idB)])
  const [answersA, answersB] = await Promise.all([readRunAnswers(a.id), readRunAnswers(b.id)])
  const without = [...(answersA ? [] : [a.number]), ...(answersB ? [] : [b.number])]
  if (!answersA || !answersB) return { reason: `${without.map((number) => `run ${number}`).join(' and ')} kept no answers line by line. Clone it and let it run: the clone keeps them.`, figures: null, warnings: [] }
  try {
    const pairs = pairLines(answersA, answersB)
    const datasetId = (await findDataset(scoredOn(a)))?.id ?? null
    const facets = datasetId === null ? pairs.auditIDs.map(() => undefined) : await answeredEvents(datasetId, pairs.auditIDs)
    const compared = await comparePairs(pairs, facets, { seed: SEED, breathe: breather() })
    return { reason: null, figures: figuresOf(compared), warnings: pairWarnings(factsOf(a), factsOf(b), pairs, facets.filter((one) => one === undefined).length) }
  } catch (error) {
    if (!isAuditweaveError(error) || error.code === 'database-down') throw error
    return { reason: error.message, figures: null, warnings: [] }
  }
}

/** A transfer is tested on the data set that its spec names, every other run on its own. */
function scoredOn(run: Run): string {
  return typeof run.params.scoredOn === 'string' ? run.params.scoredOn : run.datasetId
}

function factsOf(run: Run): PairedRunFacts {
  const dataset = scoredOn(run)
  return { number: run.number, protocol: run.protocol, dataset: dataset === run.datasetId ? run.datasetName : dataset, datasetVersion: run.datasetVersion, leaked: run.metrics?.leakedTestLines ?? 0 }
}

function figuresOf({ lines, counts, byLines, byContexts, linesInContexts, mcNemar }: Comparison): ComparedLines['figures'] {
  const { a, b } = byLines.accuracy
  return { lines, accuracy: [a.value, b.value], onlyA: counts.a, onlyB: counts.b, byLines: { ...byLines.accuracy.difference }, byContexts: { ...byContexts.accuracy.difference }, contexts: linesInContexts, mcNemar: mcNemar.exact }
}
