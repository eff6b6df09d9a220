import type { LabelStanding } from '@/lib/labelling/types'
import type { LabelState, Stroke } from '../state/model'
import { standingOf } from '../state/standing'

export interface Progress {
  readonly total: number
  readonly counts: Readonly<Record<LabelStanding, number>>
  /** Suggested classes of which no request bears a label yet. */
  readonly classesLeft: number
  readonly classes: number
  /** Requests a minute of this sitting, null before there is enough to tell. */
  readonly perMinute: number | null
  readonly secondsLeft: number | null
}

/** How far a data set is labelled and how fast that goes. */
export function progressOf(state: LabelState): Progress {
  const counts: Record<LabelStanding, number> = { unlabelled: 0, suggested: 0, automatic: 0, labelled: 0, reviewed: 0 }
  const total = state.log.auditIDs.length
  const used = new Set<number>()
  for (let request = 0; request < total; request++) {
    counts[standingOf(state, request)]++
    const label = state.labels[request]?.label
    if (label) used.add(label.code)
  }
  const wanted = new Set([...(state.suggestions?.columns.labels.map(({ code }) => code) ?? []), ...used])
  const perMinute = rateOf(state.strokes)
  const left = counts.unlabelled + counts.suggested
  return { total, counts, classes: wanted.size, classesLeft: wanted.size - used.size, perMinute, secondsLeft: perMinute === null ? null : (left / perMinute) * 60 }
}

/** A longer pause is no work. */
const PAUSE_MS = 60_000
const LEAST_MS = 5000

/** Requests labelled a minute, pauses left out; null where less than five seconds of work are known. */
export function rateOf(strokes: readonly Stroke[]): number | null {
  let [worked, requests] = [0, 0]
  strokes.forEach((stroke, i) => {
    const before = strokes[i - 1]
    if (!before) return
    const gap = stroke.at - before.at
    if (gap > PAUSE_MS) return
    worked += gap
    requests += stroke.requests
  })
  return worked >= LEAST_MS ? (requests / worked) * 60_000 : null
}
