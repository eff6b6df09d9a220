import { labelKey } from '@/lib/labels/label-key'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { Role } from '../types'

/** Fewest labelled requests of the held-back sample by which a model is judged. */
export const NEEDED = 20

/** What somebody, or a model, says of a request. */
export interface Answer { readonly role: Role | null; readonly label: ActionLabel | null }

/** Equal where the labels are; of requests that bear none, where the roles are. */
export function answerKey({ role, label }: Answer): string {
  return label === null ? role ?? '' : labelKey(label)
}

/** Share of the requests of `given` of which `said` says the same; null where there are none. What it says nothing of counts as wrong. */
export function agreement(given: ReadonlyMap<string, Answer>, said: ReadonlyMap<string, Answer>): number | null {
  if (given.size === 0) return null
  let same = 0
  for (const [auditID, answer] of given) {
    const other = said.get(auditID)
    if (other && answerKey(other) === answerKey(answer)) same++
  }
  return same / given.size
}

/** Whether new suggestions take the place of those before, judged by the held-back sample: not unless it is large enough to tell, and they are no worse. */
export function adopts(held: number, accuracy: number | null, before: number | null): boolean {
  if (held < NEEDED || accuracy === null) return false
  return before === null || accuracy >= before
}
