import { threefry } from '@/lib/model/random'
import type { RequestTruth, TruthById } from '@/lib/model/linked/linked-target'
import type { RequestLabel } from '../types'

/** Labels as a learner takes them. */
export interface GivenLabels {
  /** What it may learn from. */
  readonly learnt: TruthById
  /** Requests among `learnt` that people labelled. */
  readonly byPeople: number
  /** Labelled by people and held back: what it is judged by. */
  readonly held: TruthById
}

/** A purpose of its own beside the streams of `lib/model/random.ts`. */
const AUTOMATIC = 0x6175746f

/**
 * Parts labels into what is learnt from and what judges. Labels that a rule gave are learnt from too, but no more of them than people gave, drawn by
 * the seed: rules take thousands of requests that are all alike. The held-back ones that a rule took are neither.
 */
export function givenLabels(labels: readonly RequestLabel[], isHeld: (auditID: string) => boolean, seed: number): GivenLabels {
  const [learnt, held, automatic]: [Map<string, RequestTruth>, Map<string, RequestTruth>, RequestLabel[]] = [new Map(), new Map(), []]
  for (const one of labels) {
    if (one.standing === 'unlabelled' || (one.role === null && one.label === null)) continue
    if (one.standing === 'automatic') { if (!isHeld(one.auditID)) automatic.push(one) }
    else (isHeld(one.auditID) ? held : learnt).set(one.auditID, truthOf(one))
  }
  const byPeople = learnt.size
  const ranked = automatic.sort((a, b) => (a.auditID < b.auditID ? -1 : 1)).map((one, place) => ({ one, rank: threefry(seed, AUTOMATIC, place, 0)[0] }))
  for (const { one } of ranked.sort((a, b) => a.rank - b.rank).slice(0, byPeople)) learnt.set(one.auditID, truthOf(one))
  return { learnt, byPeople, held }
}

const truthOf = ({ role, context, label }: RequestLabel): RequestTruth => ({ role, context, label })
