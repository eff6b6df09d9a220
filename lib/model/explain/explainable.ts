import type { Engine, NetworkSpec, Weights } from '@/lib/engine/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { LineRange } from '../windows'

/** One input of a network as explanations speak of it. */
export interface ExplainedFeature {
  readonly name: string
  /** Features of one group are also taken away together, e.g. all that one link says. */
  readonly group: string
  /** `link`: read off another event that a link leads to; `event`: off the line itself. */
  readonly kind: 'event' | 'link'
  /** Where values have an order, so that a tree may ask for "at most": the rank of a code, and what a rank stands for. */
  readonly ordinal?: { rank(code: number): number; text(rank: number): string }
  /** The value that a code stands for: null for missing, 'unknown' for one that training never met. */
  text(code: number): string | null
}

/** Part of a label: a class of one of the network's heads, and its weight in the sum that gradients are taken of. */
export interface AnswerPart { readonly head: number; readonly class: number; readonly weight: number }

/** What a network says at one place of a window. */
export interface Answer {
  /** Null where it says "unknown" or something impossible. */
  readonly label: ActionLabel | null
  /** Names the label as a class, as scores do. */
  readonly key: string
  /** The probabilities whose weighted sum stands for the label where gradients need one sum. */
  readonly parts: readonly AnswerPart[]
}

/** A label as a class key, and how sure the model is of it, 0..1. */
export interface GivenLabel { readonly key: string; readonly confidence: number }

/**
 * A tree answers by verdicts: where a network points at another event's action, "the action of that event" says more than the hundreds of
 * labels that it comes to.
 */
export interface Verdicts {
  /** The verdict that gives a line this label. */
  of(line: number, key: string): string
  /** The label that a verdict gives a line; null where it gives none. */
  key(line: number, verdict: string): string | null
}

/** A model together with encoded lines, whichever family it is of: all that explaining needs to know. */
export interface Explainable {
  readonly name: string
  readonly family: 'windows' | 'linked'
  /** Its window is never longer than the lines. */
  readonly spec: NetworkSpec
  readonly weights: Weights
  readonly features: readonly ExplainedFeature[]
  /** Codes of a value that is not there, and of one that training never met. */
  readonly codes: { readonly missing: number; readonly unknown: number }
  readonly lines: number
  /** Codes [lines * features]. */
  readonly matrix: Float32Array | Uint16Array
  /** Class key of each line's true label; null where nobody knows. */
  readonly truth: readonly (string | null)[]
  /** Decodes the outputs that begin at `offset` as the answer for `line`. */
  answer(probabilities: Float32Array, offset: number, line: number): Answer
  /** Probability in 0..1 of an answer under the outputs that begin at `offset`. */
  probability(answer: Answer, probabilities: Float32Array, offset: number, line: number): number
  /** What the model, as it is used, says of the lines of a range, from `matrix` in place of their own codes; null where it has no answer. */
  label(engine: Engine, matrix: Float32Array | Uint16Array, range: LineRange, options: { threads?: number; signal?: AbortSignal }): Promise<(GivenLabel | null)[]>
  /** What a distilled tree answers in place of a label. */
  readonly verdicts: Verdicts
}

/** Outputs of a network at one place of a window. */
export function outputsOf(spec: NetworkSpec): number {
  return spec.headSizes ? spec.headSizes.reduce((sum, size) => sum + size, 0) : spec.heads * spec.classes
}

/** Where a head's classes begin among the outputs of one place. */
export function headOffset(spec: NetworkSpec, head: number): number {
  return spec.headSizes ? spec.headSizes.slice(0, head).reduce((sum, size) => sum + size, 0) : head * spec.classes
}

/** The weighted sum of an answer's parts: what both occlusion and gradients can be taken of. */
export function partSum(spec: NetworkSpec, answer: Answer, probabilities: Float32Array, offset: number): number {
  return answer.parts.reduce((sum, part) => sum + part.weight * (probabilities[offset + headOffset(spec, part.head) + part.class] ?? 0), 0)
}

/** Lines without labels for a network that only answers. */
export function unlabelled(spec: NetworkSpec, lines: number, features: Float32Array | Uint16Array): { lines: number; features: Float32Array | Uint16Array; labels: Int32Array } {
  return { lines, features, labels: new Int32Array(lines * spec.heads).fill(-1) }
}

/** Groups of two features or more, by name, with the places of their features; links first. */
export function featureGroups(features: readonly ExplainedFeature[]): { readonly name: string; readonly kind: 'event' | 'link'; readonly places: readonly number[] }[] {
  const groups = new Map<string, number[]>()
  features.forEach((feature, place) => groups.set(feature.group, [...(groups.get(feature.group) ?? []), place]))
  return [...groups]
    .map(([name, places]) => ({ name, kind: features[places[0] ?? 0]?.kind ?? 'event', places }))
    .filter(({ places }) => places.length > 1)
    .sort((a, b) => Number(b.kind === 'link') - Number(a.kind === 'link'))
}
