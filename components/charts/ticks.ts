const STEPS = [1, 2, 2.5, 5, 10]

/** About `most` round numbers from low to high, both of them inside. */
export function linearTicks(low: number, high: number, most = 6): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // twelve digits: a sum of tenths must not end in ...0004
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

/** Powers of ten from low to high; with their doubles and fives where there are few. */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0) || !(high >= low)) return []
  const inside = (factors: readonly number[]): number[] => {
    const ticks: number[] = []
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
      for (const factor of factors) ticks.push(Number((factor * 10 ** power).toPrecision(3)))
    return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
  }
  const decades = inside([1])
  if (decades.length > 3) return decades
  const more = inside([1, 2, 5])
  return more.length >= 2 ? more : inside([1, 2, 3, 4, 5, 6, 7, 8, 9])
}

/** Ends and ticks of an axis that is to hold these values. */
export function axisOf(values: readonly number[], log: boolean, domain: readonly [number, number] | null = null): { readonly domain: readonly [number, number]; readonly ticks: readonly number[] } {
  const usable = values.filter((value) => Number.isFinite(value) && (!log || value > 0))
  const [low, high] = domain ?? (usable.length === 0 ? (log ? [1, 10] as const : [0, 1] as const) : [Math.min(...usable), Math.max(...usable)])
  if (log) {
    const [from, to] = domain ? [low, high] : [low / 1.15, high * 1.15]
    return { domain: [from, to], ticks: logTicks(from, to) }
  }
  // Values that differ beyond the twelve digits that ticks keep are as good as one.
  const room = high - low > Math.max(Math.abs(low), Math.abs(high)) * 1e-9 ? 0 : Math.abs(high) * 0.05 || 0.5
  const ticks = linearTicks(low - room, high + room)
  if (domain) return { domain, ticks }
  const step = (ticks[1] ?? high) - (ticks[0] ?? low) || 1
  const ends = [Math.floor((low - room) / step + 1e-9) * step, Math.ceil((high + room) / step - 1e-9) * step] as const
  return { domain: [Number(ends[0].toPrecision(12)), Number(ends[1].toPrecision(12))], ticks: linearTicks(ends[0], ends[1]) }
}
