import type { ActionLabel } from '@/lib/labels/action-label'
import type { Role } from '../types'
import type { Rating, RatingTable } from './ratings'

/** What one side said of a request, with enough to decide by. */
export interface SideRating extends Rating {
  readonly role: Role | null
  readonly label: ActionLabel | null
  readonly context: string | null
  /** Who or what said it. */
  readonly by: string
  readonly at: string | null
  /** 0 to 1 of a model; null of people. */
  readonly probability: number | null
  readonly reason: string | null
}

/** A source of labels: the shared labels, a blind annotator, the model's suggestions, the rules. */
export interface Side {
  /** `shared`, `model`, `rules`, or `by:` and an annotator's name. */
  readonly key: string
  readonly name: string
  /** Agreement of all is measured among people alone; machines are compared with one side at a time. */
  readonly people: boolean
  /** By auditID. */
  readonly ratings: ReadonlyMap<string, SideRating>
}

export interface SideTable extends RatingTable {
  /** The auditID of each unit, in order. */
  readonly units: readonly string[]
  readonly sides: readonly Side[]
}

/** The requests that two or more of these sides rated, as a table. */
export function tableOfSides(sides: readonly Side[]): SideTable {
  const times = new Map<string, number>()
  for (const side of sides) for (const auditID of side.ratings.keys()) times.set(auditID, (times.get(auditID) ?? 0) + 1)
  const units = [...times].filter(([, count]) => count > 1).map(([auditID]) => auditID).sort()
  return { sides, units, raters: sides.map((side) => side.key), ratings: sides.map((side) => units.map((auditID) => side.ratings.get(auditID) ?? null)) }
}

/**
 * Which two sides to show first: what was asked where it is there, else the two people who share most requests, else the shared labels and
 * the model. Null where there are not two sides with a request in common.
 */
export function choosePair(sides: readonly Side[], asked: { readonly a?: string | undefined; readonly b?: string | undefined }): readonly [Side, Side] | null {
  const find = (key: string | undefined): Side | undefined => sides.find((side) => side.key === key)
  const [a, b] = [find(asked.a), find(asked.b)]
  if (a && b && a !== b) return [a, b]
  const ranked = sides.flatMap((first, at) => sides.slice(at + 1).map((second) => ({ first, second, common: inCommon(first, second) })))
    .filter(({ common, first, second }) => common > 0 && (!a || first === a || second === a) && (!b || first === b || second === b))
    .sort((x, y) => Number(y.first.people && y.second.people) - Number(x.first.people && x.second.people) || y.common - x.common)
  const [best] = ranked
  if (!best) return null
  return (a && best.second === a) || (b && best.first === b) ? [best.second, best.first] : [best.first, best.second]
}

export function inCommon(a: Side, b: Side): number {
  const [small, large] = a.ratings.size < b.ratings.size ? [a, b] : [b, a]
  let common = 0
  for (const auditID of small.ratings.keys()) if (large.ratings.has(auditID)) common++
  return common
}
