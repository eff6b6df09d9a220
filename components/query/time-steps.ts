/** Steps chosen from where it began to where it is. */
export interface Stretch {
  readonly anchor: number
  readonly at: number
}

/** What a key makes of the steps chosen; null where it means nothing. */
export function stretch(now: Stretch | null, { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }, steps: number): Stretch | null {
  const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -steps, End: steps }[key]
  if (by === undefined) return null
  const at = Math.max(0, Math.min(steps - 1, now === null ? (by < 0 ? steps - 1 : 0) : now.at + by))
  return { anchor: shiftKey && now ? now.anchor : at, at }
}

const TICK_STEPS = [1e6, 2e6, 5e6, 1e7, 3e7, 6e7, 12e7, 3e8, 6e8, 9e8, 18e8, 36e8, 108e8, 216e8, 432e8, 864e8, 6048e8]
const TICK_WIDTH = 90

/** Whole times between two, as many as `width` pixels have room for. */
export function timeTicks(from: number, to: number, width: number): number[] {
  const most = Math.max(1, Math.floor(width / TICK_WIDTH))
  const step = TICK_STEPS.find((one) => (to - from) / one <= most) ?? (to - from)
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, at) => first + at * step).filter((micros) => micros - from > (to - from) * 0.02 && to - micros > (to - from) * 0.02)
}
