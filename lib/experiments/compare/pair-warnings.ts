import type { PairedLines } from './paired-lines'

/** What of a run decides whether it can be held against another. */
export interface PairedRunFacts {
  readonly number: number
  readonly protocol: string
  /** The name of the data set it was tested on. */
  readonly dataset: string
  readonly datasetVersion: number | null
  /** Share of its test lines that also stand in training windows. */
  readonly leaked: number
}

/** Fewer lines than this say little, whatever the tests say. */
const FEW = 100

/** Why a comparison may not mean what it seems to, in sentences; none where both runs answered the same lines under one protocol. */
export function pairWarnings(a: PairedRunFacts, b: PairedRunFacts, pairs: Pick<PairedLines, 'want' | 'onlyInA' | 'onlyInB' | 'relabelled'>, unknownEvents: number): string[] {
  const lines = pairs.want.length
  const count = (value: number): string => value.toLocaleString('en')
  const warnings: string[] = []
  if (a.protocol !== b.protocol) warnings.push(`Run ${a.number} follows the ${a.protocol} protocol, run ${b.number} the ${b.protocol} protocol: they had other lines to learn from, so that the difference is not the models’ alone.`)
  const leaking = [a, b].filter((run) => run.leaked > 0)
  if (leaking.length > 0) warnings.push(`${leaking.map((run) => `${percent(run.leaked)} of run ${run.number}’s test lines`).join(' and ')} also stand in windows it was trained on: what it remembers counts as right.`)
  if (pairs.onlyInA + pairs.onlyInB > 0) warnings.push(`The test lines are not the same: ${count(lines + pairs.relabelled)} are in common, ${count(pairs.onlyInA)} are run ${a.number}’s alone and ${count(pairs.onlyInB)} run ${b.number}’s alone. Only those in common are compared; the runs’ own figures are of all their lines.`)
  if (a.dataset !== b.dataset) warnings.push(`They were tested on data sets of other names, ${a.dataset} and ${b.dataset}; lines are joined by auditID.`)
  else if (a.datasetVersion !== null && b.datasetVersion !== null && a.datasetVersion !== b.datasetVersion) warnings.push(`Run ${a.number} saw version ${a.datasetVersion} of ${a.dataset}, run ${b.number} version ${b.datasetVersion}.`)
  if (pairs.relabelled > 0) warnings.push(`${count(pairs.relabelled)} ${pairs.relabelled === 1 ? 'line was' : 'lines were'} labelled anew between the runs and left out.`)
  if (unknownEvents > 0) warnings.push(`${count(unknownEvents)} ${unknownEvents === 1 ? 'event is' : 'events are'} not in the store any more: nothing but labels is known of them.`)
  if (lines < FEW) warnings.push(`${count(lines)} ${lines === 1 ? 'line is' : 'lines are'} few: intervals are wide and tests see little.`)
  return warnings
}

function percent(share: number): string { return share > 0 && share < 0.001 ? 'under 0.1 %' : `${(share * 100).toFixed(1)} %` }
