import { AuditweaveError } from '@/lib/audit/errors'
import type { Engine } from '@/lib/engine/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { agreementOf, type Agreement } from './agreement'
import { featureGroups, type Answer, type Explainable } from './explainable'
import { hiddenVectors } from './hidden-space'
import { integratedGradients, type Attributions } from './integrated'
import { nearestLines, type NearLine, type NeighbourSample } from './neighbours'
import { occlude, windowAbout, type ExplainedWindow, type Occlusion } from './occlusion'

/** What taking one thing away does. */
interface Weighed {
  /** Fall of the label's probability by occlusion; below 0 where the label becomes more probable. */
  readonly drop: number
  /** Integrated gradients of the mean probability of the label's parts; null where the engine gives none. */
  readonly attribution: number | null
}

export interface FeatureInfluence extends Weighed {
  readonly name: string
  readonly group: string
  readonly kind: 'event' | 'link'
  /** Null where it is missing; it was then occluded by "unknown", else by "missing". */
  readonly value: string | null
}
export interface GroupInfluence extends Weighed { readonly name: string; readonly kind: 'event' | 'link'; readonly features: number }
/** What one link says says another link too, so that only all of them together may show what links do. */
export interface WholeInfluence extends Weighed { readonly name: 'the line itself' | 'all links' | 'all other lines' }
/** `offset` counts lines from the explained one: -1 is the line before it. */
export interface NeighbourInfluence extends Weighed { readonly line: number; readonly offset: number }

/** Why a network gives one line its label, in the window where the line stands nearest the middle. */
export interface LineExplanation {
  readonly model: { readonly name: string; readonly family: Explainable['family'] }
  readonly line: number
  readonly label: ActionLabel | null
  readonly key: string
  /** Of the whole label, in that window, before any vote or calibration. */
  readonly probability: number
  readonly window: { readonly from: number; readonly lines: number }
  /** Each list begins with what weighs most by occlusion, either way. */
  readonly features: readonly FeatureInfluence[]
  readonly groups: readonly GroupInfluence[]
  readonly wholes: readonly WholeInfluence[]
  readonly neighbours: readonly NeighbourInfluence[]
  /** Occlusion against integrated gradients, both of the parts' mean, over the line's values and its neighbours; null without gradients. */
  readonly check: (Agreement & { /** What the gradients add up to, and what they should. */ readonly total: number; readonly change: number; readonly points: number }) | null
  /** Nearest training lines; null where the model brings none along. */
  readonly nearest: readonly NearLine[] | null
}

export interface ExplainOptions {
  readonly threads?: number
  /** Points of the gradients' path; as many as it needs unless told. */
  readonly points?: number
  readonly sample?: NeighbourSample | null
  readonly signal?: AbortSignal
  /** Done and all occlusions. */
  onProgress?(done: number, total: number): void
}

/** One thing that is taken away: how, and which codes' gradients belong to it. */
interface Unit extends Occlusion { readonly places: readonly number[]; readonly compared: boolean }

/**
 * Explains the answer for one line (its place among the lines) by occlusion and, where the engine has gradients, by integrated
 * gradients, and says how far the two agree.
 * @throws AuditweaveError 'unknown-line'
 */
export async function explainLine(explainable: Explainable, engine: Engine, line: number, options: ExplainOptions = {}): Promise<LineExplanation> {
  if (!Number.isInteger(line) || line < 0 || line >= explainable.lines) throw new AuditweaveError('unknown-line', `There is no line ${line} among the ${explainable.lines} lines that a network labels: give a number from 0 to ${explainable.lines - 1}.`)
  const window = windowAbout(explainable, line)
  const groups = featureGroups(explainable.features)
  const steps = neighbourSteps(explainable, window)
  const wholes = wholesOf(explainable, window, steps)
  const units = {
    features: featureUnits(explainable, window), groups: groups.map(({ places }) => missingUnit(explainable, placesAt(explainable, window.step, places), false)),
    wholes: wholes.map(({ places }) => missingUnit(explainable, places, false)), neighbours: steps.map((step) => missingUnit(explainable, placesAt(explainable, step), true)),
  }
  const all = [...units.features, ...units.groups, ...units.wholes, ...units.neighbours]
  const occluded = await occlude(explainable, engine, window, all, options)
  const gradients = await integratedGradients(explainable, engine, window, occluded.answer, options)
  const weighed = all.map((unit, i): Weighed => ({ drop: occluded.whole.probability - (occluded.left[i]?.probability ?? 0), attribution: gradients && sumAt(gradients, unit.places) }))
  const sums = occluded.left.map(({ sum }) => occluded.whole.sum - sum)
  const [G, A, N] = [units.features.length, units.features.length + groups.length, units.features.length + groups.length + wholes.length]
  return {
    model: { name: explainable.name, family: explainable.family },
    line,
    ...labelOf(occluded.answer),
    probability: occluded.whole.probability,
    window: { from: window.start, lines: explainable.spec.window },
    features: byDrop(explainable.features.map(({ name, group, kind, text }, i) => ({ name, group, kind, value: text(codeAt(explainable, window, i)), ...weighedAt(weighed, i) }))),
    groups: byDrop(groups.map(({ name, kind, places }, i) => ({ name, kind, features: places.length, ...weighedAt(weighed, G + i) }))),
    wholes: byDrop(wholes.map(({ name }, i) => ({ name, ...weighedAt(weighed, A + i) }))),
    neighbours: byDrop(steps.map((step, i) => ({ line: window.start + step, offset: step - window.step, ...weighedAt(weighed, N + i) }))),
    check: gradients && checkOf(all, sums, gradients),
    nearest: await nearestOf(explainable, engine, line, options),
  }
}

const labelOf = ({ label, key }: Answer): Pick<LineExplanation, 'label' | 'key'> => ({ label, key })
const weighedAt = (weighed: readonly Weighed[], at: number): Weighed => weighed[at] ?? { drop: 0, attribution: null }
const byDrop = <T extends Weighed>(list: readonly T[]): T[] => [...list].sort((a, b) => Math.abs(b.drop) - Math.abs(a.drop))

function codeAt({ spec, matrix }: Explainable, { start, step }: ExplainedWindow, feature: number): number {
  return matrix[(start + step) * spec.features + feature] ?? 0
}

/** A value that is there becomes missing, one that is missing becomes unknown; only the first can be compared with gradients, whose baseline is missing. */
function featureUnits(explainable: Explainable, window: ExplainedWindow): Unit[] {
  const { spec, codes } = explainable
  return explainable.features.map((_, feature) => {
    const at = window.step * spec.features + feature
    const there = codeAt(explainable, window, feature) !== codes.missing
    return { changes: [{ at, code: there ? codes.missing : codes.unknown }], places: [at], compared: there }
  })
}

/** Places among the window's codes of some features of one line, of all unless told. */
function placesAt({ features }: Explainable, step: number, of: readonly number[] = features.map((_, feature) => feature)): number[] {
  return of.map((feature) => step * features.length + feature)
}

function missingUnit({ codes }: Explainable, places: readonly number[], compared: boolean): Unit {
  return { changes: places.map((at) => ({ at, code: codes.missing })), places, compared }
}

function neighbourSteps({ spec }: Explainable, { step }: ExplainedWindow): number[] {
  return Array.from({ length: spec.window }, (_, other) => other).filter((other) => other !== step)
}

function wholesOf(explainable: Explainable, { step }: ExplainedWindow, steps: readonly number[]): { name: WholeInfluence['name']; places: number[] }[] {
  const of = (kind: 'event' | 'link'): number[] => placesAt(explainable, step, explainable.features.flatMap((feature, place) => (feature.kind === kind ? [place] : [])))
  const wholes: { name: WholeInfluence['name']; places: number[] }[] = [{ name: 'the line itself', places: of('event') }, { name: 'all links', places: of('link') }, { name: 'all other lines', places: steps.flatMap((other) => placesAt(explainable, other)) }]
  return wholes.filter(({ places }) => places.length > 0)
}

function sumAt({ values }: Attributions, places: readonly number[]): number {
  return places.reduce((sum, at) => sum + (values[at] ?? 0), 0)
}

function checkOf(units: readonly Unit[], sums: readonly number[], gradients: Attributions): LineExplanation['check'] {
  const compared = units.flatMap((unit, i) => (unit.compared ? [{ occluded: sums[i] ?? 0, attributed: sumAt(gradients, unit.places) }] : []))
  return { ...agreementOf(compared.map(({ occluded }) => occluded), compared.map(({ attributed }) => attributed)), total: gradients.total, change: gradients.change, points: gradients.points }
}

async function nearestOf(explainable: Explainable, engine: Engine, line: number, { sample, signal }: ExplainOptions): Promise<readonly NearLine[] | null> {
  if (!sample) return null
  const [vector] = await hiddenVectors(explainable, engine, [line], signal ? { signal } : {})
  return vector ? nearestLines(sample, vector) : null
}
