/** A light-to-dark ramp of one hue: the higher the darker, in grey as in colour. */
export function shade(value: number, [low, high]: readonly [number, number]): string {
  const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5
  const mix = (from: number, to: number): number => Math.round(from + (to - from) * share)
  return `rgb(${mix(238, 8)},${mix(244, 52)},${mix(250, 104)})`
}

/** Black or white, whichever can be read on the shade. */
export function inkOn(value: number, [low, high]: readonly [number, number]): string {
  return high > low && (value - low) / (high - low) > 0.5 ? '#fff' : '#1a1a1a'
}

/** From the lowest to the highest of the values. */
export function rangeOf(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 1] : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}
