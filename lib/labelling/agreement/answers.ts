import type { RequestLabel } from '../types'
import type { DisagreementMatrix } from './disagreements'
import type { AgreementReport } from './measure'
import type { AgreementPart } from './ratings'
import type { SideRating } from './sides'

/** A side without its ratings. */
export interface SideLine {
  readonly key: string
  readonly name: string
  readonly people: boolean
  readonly rated: number
}

export interface PairChoice {
  readonly a: string
  readonly b: string
  readonly part: AgreementPart
}

/** Two sides against each other. Units of the matrix index `auditIDs`. */
export interface PairDetail extends PairChoice {
  /** Figures of the two alone, machines included. */
  readonly report: AgreementReport
  readonly matrix: DisagreementMatrix
  readonly auditIDs: readonly string[]
  /** The first lines of requests that the two rate differently; some, where there are very many. */
  readonly lines: readonly RequestLine[]
}

/** Answer of GET agreement. */
export interface AgreementAnswer {
  readonly sides: readonly SideLine[]
  /** Of all people; null where fewer than two said anything of the same request. */
  readonly people: AgreementReport | null
  readonly pair: PairDetail | null
}

/** A request as lists show it: its first line. */
export interface RequestLine {
  readonly auditID: string
  readonly seq: number
  readonly receivedMicros: number | null
  readonly verb: string | null
  readonly user: string | null
  readonly group: string | null
  readonly resource: string | null
  readonly subresource: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly code: number | null
}

/** One disagreement to decide. */
export interface ReviewItem {
  readonly request: RequestLine
  readonly a: SideRating
  readonly b: SideRating
  /** What stands in the shared labels by now; `newest` goes back as `seen`. */
  readonly now: RequestLabel
  /** Decided already: the shared label is reviewed. */
  readonly settled: boolean
}

/** Answer of GET adjudication: the open ones first in order of time, then the settled. */
export interface ReviewAnswer {
  readonly sides: readonly SideLine[]
  readonly pair: { readonly a: string; readonly b: string } | null
  /** Requests that both rated. */
  readonly common: number
  readonly open: number
  readonly settled: number
  /** Some of them, where there are very many. */
  readonly items: readonly ReviewItem[]
}
