import type { ActionLabel } from '@/lib/labels/action-label'
import type { LabellingLog, Role } from '../types'
import type { LogFacts } from './facts'

/** What stands of a request; null for one that nobody has labelled. */
export interface StandingLabel {
  readonly role: Role | null
  readonly label: ActionLabel | null
  readonly context: string | null
}

/** A split of a data set: the part of each request, by index into `auditIDs` of the log; -1 for requests that stand in none. */
export interface SplitColumns {
  readonly name: string
  readonly parts: readonly string[]
  readonly partOf: ArrayLike<number>
}

export interface CheckInput {
  readonly log: LabellingLog
  /** By index into `auditIDs` of the log. */
  readonly labels: readonly (StandingLabel | null)[]
  readonly splits?: readonly SplitColumns[]
  /** Places in the stored log (`seq`) of lines without a time: the columns draw those where they lie. */
  readonly timeless?: ReadonlySet<number>
}

/** `wrong` contradicts itself or the log; `look` may be right, and is rare enough to be looked at. */
export type Severity = 'wrong' | 'look'

export type CheckGroup = 'contexts' | 'labels' | 'roles' | 'log' | 'splits'

/** One request that a check names. */
export interface Place {
  /** Place in the columns of the log. */
  readonly line: number
  /** What is wrong with it, in words of ours and of the log: escape it. */
  readonly note: string
}

export interface Check {
  /** Stable and kebab-case. */
  readonly id: string
  readonly group: CheckGroup
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly todo: string
  readonly find: (facts: LogFacts) => Place[]
}

export interface FoundPlace extends Place {
  readonly seq: number
  readonly auditID: string
}

export interface Finding {
  readonly check: string
  readonly group: CheckGroup
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly todo: string
  readonly count: number
  /** The first of them, in order of time. */
  readonly places: readonly FoundPlace[]
}

export interface CheckReport {
  readonly lines: number
  readonly requests: number
  readonly labelled: number
  readonly contexts: number
  readonly splits: readonly string[]
  /** Checks that found nothing too, with a count of 0. */
  readonly findings: readonly Finding[]
  readonly milliseconds: number
}
