export const SCALES = ['log', 'linear', 'folded'] as const
export type ScaleKind = (typeof SCALES)[number]

/** Milliseconds after the trigger to places on an axis from 0 to 1 and back; both never fall as the other grows. */
export interface TimeScale {
  readonly kind: ScaleKind
  readonly first: number
  readonly last: number
  place(ms: number): number
  time(place: number): number
  /** Stretches without events that are drawn shorter than they took. */
  readonly folds: readonly { readonly from: number; readonly to: number }[]
}

const KNEE_MS = 5
const ROUNDS = 4
/** A gap is folded from this share of the axis on, and drawn that long. */
const GAP_SHARE = 1 / 40
const MOST_CUT = 0.1

/** `times` in rising order, without NaN. */
export function timeScale(kind: ScaleKind, times: Float64Array): TimeScale {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0]
  if (kind === 'linear' || last <= first) return linear(kind, first, last)
  return kind === 'log' ? logarithmic(first, last) : folded(times, first, last)
}

function linear(kind: ScaleKind, first: number, last: number): TimeScale {
  const span = last - first || 1
  return { kind, first, last, folds: [], place: (ms) => (ms - first) / span, time: (place) => first + place * span }
}

function logarithmic(first: number, last: number): TimeScale {
  const whole = Math.log1p((last - first) / KNEE_MS)
  return { kind: 'log', first, last, folds: [], place: (ms) => Math.log1p(Math.max(0, ms - first) / KNEE_MS) / whole, time: (place) => first + Math.expm1(Math.max(0, place) * whole) * KNEE_MS }
}

/** Long gaps are cut to a fortieth of what is left, a few times over, as cutting shortens the axis that they are measured by. */
function folded(times: Float64Array, first: number, last: number): TimeScale {
  let cap = (last - first) * GAP_SHARE
  let span = last - first
  for (let round = 0; round < ROUNDS; round++) {
    span = 0
    for (let i = 1; i < times.length; i++) span += Math.min(cap, (times[i] ?? 0) - (times[i - 1] ?? 0))
    const next = span * GAP_SHARE
    let cut = 0
    for (let i = 1; i < times.length; i++) if ((times[i] ?? 0) - (times[i - 1] ?? 0) > next) cut++
    // Where most would be cut they are no gaps but the rhythm of the events.
    if (next >= cap || cut > Math.max(1, times.length * MOST_CUT)) break
    cap = next
  }
  const [at, drawn, folds]: [number[], number[], { from: number; to: number }[]] = [[first], [0], []]
  let before = 0
  for (let i = 1; i < times.length; i++) {
    const [from, to] = [times[i - 1] ?? 0, times[i] ?? 0]
    const cut = to - from > cap
    before += Math.min(cap, to - from)
    if (!cut && i < times.length - 1 && !((times[i + 1] ?? 0) - to > cap)) continue
    if (cut) folds.push({ from, to })
    at.push(to)
    drawn.push(before)
  }
  const whole = before || 1
  return { kind: 'folded', first, last, folds, place: (ms) => between(at, drawn, ms) / whole, time: (place) => between(drawn, at, place * whole) }
}

/** Straight lines between corners; beyond the ends as steep as the axis on the whole. */
function between(from: readonly number[], to: readonly number[], value: number): number {
  const [first, last, start, end] = [from[0] ?? 0, from.at(-1) ?? 0, to[0] ?? 0, to.at(-1) ?? 0]
  if (value <= first) return start + (value - first) * ((end - start) / (last - first || 1))
  if (value >= last) return end + (value - last) * ((end - start) / (last - first || 1))
  let [low, high] = [0, from.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((from[middle] ?? 0) <= value) low = middle
    else high = middle
  }
  const [a, b, c, d] = [from[low] ?? 0, from[high] ?? 0, to[low] ?? 0, to[high] ?? 0]
  return b === a ? c : c + ((value - a) / (b - a)) * (d - c)
}

const ROUND = [1, 2, 5]

/** Round times in view that stand at least `least` of the view apart; `unit` rises with the distance between them. */
export function timeTicks(scale: TimeScale, from: number, to: number, least = 0.11): number[] {
  const [start, end] = [scale.time(from), scale.time(to)]
  const ticks: number[] = []
  let nearest = -Infinity
  const take = (ms: number): void => {
    const place = (scale.place(ms) - from) / (to - from)
    if (place < 0 || place > 1 || place - nearest < least) return
    nearest = place
    ticks.push(ms)
  }
  if (scale.kind === 'log' && start < 1000 && end - start > 50) for (const ms of roundTimes(start, end)) take(ms)
  else {
    const step = roundAbove((end - start) * least)
    const count = Math.min(200, Math.floor((end - Math.ceil(start / step) * step) / step) + 1)
    for (let i = 0; i < count; i++) take(Math.ceil(start / step) * step + i * step)
  }
  return ticks
}

function* roundTimes(start: number, end: number): Generator<number> {
  if (start <= 0 && end >= 0) yield 0
  for (let power = 0.1; power <= end; power *= 10) for (const digit of ROUND) { const ms = Number((digit * power).toPrecision(3)); if (ms >= start && ms <= end) yield ms }
}

/** 1, 2 or 5 times a power of ten up to seconds; then as clocks count. */
function roundAbove(ms: number): number {
  if (!(ms > 0)) return 1
  const clock = [1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000]
  if (ms > 1000) return clock.find((step) => step >= ms) ?? Math.ceil(ms / 86_400_000) * 86_400_000
  const power = 10 ** Math.floor(Math.log10(ms))
  return (ROUND.find((digit) => digit * power >= ms * (1 - 1e-9)) ?? 10) * power
}
