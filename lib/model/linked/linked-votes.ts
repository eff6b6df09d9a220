import { SLOTS } from '@/lib/contexts/candidates'
import type { Engine, Network } from '@/lib/engine/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { mapConfidence, RAW_CONFIDENCE } from '../confidence-map'
import { predictBatches } from '../predict-batches'
import { voteWeights } from '../vote'
import { windowStartsIn } from '../windows'
import { choicesOf, chosen, type Choice, type LinkedPrediction } from './linked-decode'
import { withLinkedNetwork, type LinkedInferOptions, type LinkedParts } from './linked-infer'
import { candidateLabel } from './linked-lines'
import { OWN } from './linked-target'
import type { TrainingTable } from './training-table'

/** What the windows that hold a line say of it together. */
export interface VotedPrediction extends LinkedPrediction {
  /** Entropy in nats of the labels' probabilities, the mean over the windows: 0 where all are sure of one. */
  readonly entropy: number
  /** Labels that came after the first, the likeliest first. */
  readonly others: readonly { readonly label: ActionLabel; readonly probability: number }[]
}

/** How many windows hold a line, but at the ends of a log. */
const VOTES = 3
const MOST_OTHERS = 2
/** A label less likely than this is no help to anybody. */
const LEAST_OTHER = 0.01

interface Ballot { readonly choices: Choice[]; own: number; weight: number }

/**
 * Predicts every line of a table by the vote of the windows that hold it, a committee that sees it with other lines around it: the soft vote entropy of
 * query by committee (Dagan and Engelson, "Committee-based sampling for training probabilistic classifiers", ICML 1995). Windows count by how near
 * their middle the line stands. Throws the signal's reason when aborted.
 */
export async function voteLinked(engine: Engine, parts: Omit<LinkedParts, 'stride'>, table: TrainingTable, codes: Uint16Array, options: Omit<LinkedInferOptions, 'range'> = {}): Promise<VotedPrediction[]> {
  const lines = table.eventOf.length
  if (lines === 0) return []
  const window = Math.min(parts.network.window, lines)
  const starts = windowStartsIn({ from: 0, to: lines }, window, Math.max(1, Math.floor(window / VOTES)), { flush: true })
  return withLinkedNetwork(engine, parts, { lines, codes, window }, options, (network, batch) => castVotes(network, starts, { parts, table }, { ...options, batch }))
}

interface Electorate { readonly parts: Omit<LinkedParts, 'stride'>; readonly table: TrainingTable }

async function castVotes(network: Network, starts: Int32Array, electorate: Electorate, options: Omit<LinkedInferOptions, 'range'> & { readonly batch: number }): Promise<VotedPrediction[]> {
  const { window, headSizes = [] } = network.spec
  const width = headSizes.reduce((sum, size) => sum + size, 0)
  const weights = voteWeights(window, 'weighted')
  const open = new Map<number, Ballot>()
  const result: VotedPrediction[] = []
  for await (const { at, part, probabilities } of predictBatches(network, starts, options)) {
    part.forEach((start, place) => {
      for (let j = 0; j < window; j++) cast(open, electorate, start + j, { probabilities, offset: (place * window + j) * width, weight: weights[j] as number })
    })
    const next = starts[at + part.length] ?? Infinity
    for (let ballot = open.get(result.length); ballot && result.length < next; ballot = open.get(result.length)) {
      open.delete(result.length)
      result.push(counted(ballot, electorate.parts))
    }
  }
  return result
}

function cast(open: Map<number, Ballot>, { parts, table }: Electorate, line: number, { probabilities, offset, weight }: { probabilities: Float32Array; offset: number; weight: number }): void {
  const own = table.events[table.eventOf[line] ?? -1]?.label ?? null
  const choices = choicesOf(parts.coder, probabilities, offset, own, SLOTS.map((_, slot) => candidateLabel(table, line, slot)))
  let ballot = open.get(line)
  if (!ballot) open.set(line, (ballot = { choices: [], own: 0, weight: 0 }))
  ballot.own += weight * (probabilities[offset + OWN] ?? 0)
  ballot.weight += weight
  for (const { label, mass, slot, best } of choices) {
    const known = ballot.choices.find((choice) => choice.label.code === label.code)
    if (!known) ballot.choices.push({ label, mass: mass * weight, slot, best: best * weight })
    else {
      known.mass += mass * weight
      if (best * weight > known.best) { known.best = best * weight; known.slot = slot }
    }
  }
}

function counted({ choices, own, weight }: Ballot, parts: Omit<LinkedParts, 'stride'>): VotedPrediction {
  const shares = choices.map((choice): Choice => ({ ...choice, mass: choice.mass / weight }))
  const raw = chosen(shares, own / weight)
  const others = shares.filter((choice) => choice.label.code !== raw.label?.code && choice.mass >= LEAST_OTHER).sort((a, b) => b.mass - a.mass)
  return {
    ...raw, confidence: mapConfidence(parts.confidence ?? RAW_CONFIDENCE, raw.confidence), entropy: entropyOf(shares.map(({ mass }) => mass)),
    others: others.slice(0, MOST_OTHERS).map(({ label, mass }) => ({ label, probability: mass })),
  }
}

/** Shannon entropy in nats of probabilities that may leave a rest, which counts as one further outcome. */
export function entropyOf(shares: readonly number[]): number {
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0))
  const sum = [...shares, rest].reduce((total, share) => (share > 0 ? total - share * Math.log(share) : total), 0)
  return Math.max(0, sum)
}
