import { SLOTS } from '@/lib/contexts/candidates'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { LinkedCoder } from './linked-coder'
import { ALIKE, ELSEWHERE, OWN, slotClass, SOURCES } from './linked-target'

/** What the linked network says of a line. */
export interface LinkedPrediction {
  readonly label: ActionLabel | null
  /** Probability of the label; calibrated where the model has a map for it. */
  readonly confidence: number
  /** Probability that the line follows from someone's action, rather than being background or an action itself. */
  readonly follows: number
  /** Slot of the trigger that the label is taken from, -1 where it is the line's own action or the network's own words. */
  readonly slot: number
  /** The label that comes second, null where there is none. */
  readonly runnerUp: ActionLabel | null
  /** Probability by which the label leads the runner-up. */
  readonly margin: number
}

/** A label that a line may have: its probability, and the slot that gives the most of it (-1 for the line's own action or words). */
export interface Choice { readonly label: ActionLabel; mass: number; slot: number; best: number }

/** Below this the network's own words can neither win nor come second with any weight, and are not looked for. */
const LEAST_WORDS = 1e-4

/** Adds to the choice with that label, or begins one. A label's code names it, and comparing numbers is quick. */
function add(choices: Choice[], label: ActionLabel | null, mass: number, slot: number): void {
  if (label === null) return
  for (const known of choices) {
    if (known.label.code !== label.code) continue
    known.mass += mass
    if (mass > known.best) { known.best = mass; known.slot = slot }
    return
  }
  choices.push({ label, mass, slot, best: mass })
}

/**
 * The labels that the heads' probabilities at `offset` speak of: what points at the same action adds up, and what is left to none of them goes to the
 * most probable pair of resource and action that exists. In the order own action, slots, own words.
 */
export function choicesOf(coder: LinkedCoder, probabilities: ArrayLike<number>, offset: number, own: ActionLabel | null, candidates: readonly (ActionLabel | null)[]): Choice[] {
  const choices: Choice[] = []
  const at = (index: number): number => probabilities[offset + index] ?? 0
  add(choices, own, at(OWN), -1)
  for (let slot = 0; slot < SLOTS.length; slot++) add(choices, candidates[slot] ?? null, at(slotClass(slot)), slot)
  add(choices, own, at(ALIKE), -1)
  const elsewhere = at(ELSEWHERE)
  if (elsewhere > LEAST_WORDS || choices.length === 0) {
    const words = bestPair(coder, probabilities, offset)
    add(choices, coder.label(words.resource, words.action), elsewhere * words.probability, -1)
  }
  return choices
}

/** The most probable choice of a line and the one after it. `own` is the probability that the line is nobody's consequence. Ties go to what comes first. */
export function chosen(choices: readonly Choice[], own: number): LinkedPrediction {
  let [first, second]: (Choice | undefined)[] = []
  for (const choice of choices) {
    if (!first || choice.mass > first.mass) [first, second] = [choice, first]
    else if (!second || choice.mass > second.mass) second = choice
  }
  const confidence = Math.min(1, first?.mass ?? 0)
  return {
    label: first?.label ?? null, confidence, follows: Math.min(1, Math.max(0, 1 - own)), slot: first?.slot ?? -1,
    runnerUp: second?.label ?? null, margin: confidence - (second?.mass ?? 0),
  }
}

/** Joins the heads' probabilities at `offset` into one label: see `choicesOf`. */
export function decodeLinked(coder: LinkedCoder, probabilities: ArrayLike<number>, offset: number, own: ActionLabel | null, candidates: readonly (ActionLabel | null)[]): LinkedPrediction {
  return chosen(choicesOf(coder, probabilities, offset, own, candidates), probabilities[offset + OWN] ?? 0)
}

function bestPair(coder: LinkedCoder, probabilities: ArrayLike<number>, offset: number): { resource: number; action: number; probability: number } {
  const resources = offset + SOURCES
  const actions = resources + coder.resources
  const { pairs } = coder
  let best = -1
  let place = 0
  for (let i = 0; i < pairs.length; i += 2) {
    const probability = (probabilities[resources + (pairs[i] as number)] ?? 0) * (probabilities[actions + (pairs[i + 1] as number)] ?? 0)
    if (probability > best) { best = probability; place = i }
  }
  return { resource: pairs[place] ?? 0, action: pairs[place + 1] ?? 0, probability: Math.max(0, best) }
}
