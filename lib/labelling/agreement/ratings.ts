import { labelKey, type LabelLike } from '@/lib/labels/label-key'
import type { Role } from '../types'

/** What one rater said of one request: its role, and the label of the action behind it (null where it belongs to none). */
export interface Rating {
  readonly role: Role | null
  readonly label: LabelLike | null
}

/** Requests against raters. `ratings[rater][unit]` is null where the rater said nothing of the request. */
export interface RatingTable {
  readonly raters: readonly string[]
  readonly ratings: readonly (readonly (Rating | null)[])[]
}

/** The whole label, and what it is made of. Two labels are the same where `labelKey` is. */
export const AGREEMENT_PARTS = ['whole', 'role', 'resource', 'subresource', 'verb', 'namespaced', 'single'] as const
export type AgreementPart = (typeof AGREEMENT_PARTS)[number]

const PLACE: Readonly<Record<Exclude<AgreementPart, 'whole' | 'role'>, number>> = { resource: 0, subresource: 1, verb: 2, namespaced: 3, single: 4 }

/** What a request without a label is: its role, so that calling it background against labelling it is a disagreement on every part. */
function withoutLabel(rating: Rating): string {
  return rating.role ?? 'no label'
}

/** The class that a rating falls into, as nominal text: `pods||1|1|1` for a whole label, `pods` for its resource, `background` for either where there is no label. */
export function classOf(rating: Rating, part: AgreementPart): string {
  if (part === 'role') return rating.role ?? 'no role'
  if (rating.label === null) return withoutLabel(rating)
  const key = labelKey(rating.label)
  return part === 'whole' ? key : (splitKey(key)[PLACE[part]] ?? '')
}

/** The five parts of a key; a resource may hold the bar that parts them, so the last four are cut off first. */
function splitKey(key: string): string[] {
  const parts = key.split('|')
  return [parts.slice(0, -4).join('|'), ...parts.slice(-4)]
}

/** The same rating always has the same identity, whatever object it is. */
export function ratingKey(rating: Rating): string {
  return `${rating.role ?? ''} ${classOf(rating, 'whole')}`
}
