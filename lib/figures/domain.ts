import type { ScaleInfo } from '@/lib/experiments/report/report-types'

/** A range that holds all values with round ends, inside what the measure can be. */
export function niceDomain(values: readonly number[], { scale, domain }: ScaleInfo): [number, number] {
  const known = values.filter((value) => Number.isFinite(value) && (scale !== 'log' || value > 0))
  if (known.length === 0) return domain ? [domain[0], domain[1]] : scale === 'log' ? [1, 10] : [0, 1]
  const [low, high] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))]
  if (scale === 'log') return logDomain(low, high)
  const size = Math.max(Math.abs(low), Math.abs(high)) || 1
  if (size < 1e-12) return domain ? [domain[0], domain[1]] : [0, 1]
  const step = niceStep((high - low > size * 1e-6 ? high - low : size) / 5)
  const [from, to] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step]
  const wide: [number, number] = from === to ? [from - step, to + step] : [from, to]
  const [first, last] = domain ? [Math.max(domain[0], wide[0]), Math.min(domain[1], wide[1])] : wide
  return [clean(first), clean(last)]
}

function logDomain(low: number, high: number): [number, number] {
  const steps = [1, 2, 5, 10]
  const floor = (value: number): number => { const power = 10 ** Math.floor(Math.log10(value)); return (steps.findLast((step) => step * power <= value * (1 + 1e-9)) ?? 1) * power }
  const ceiling = (value: number): number => { const power = 10 ** Math.floor(Math.log10(value)); return (steps.find((step) => step * power >= value * (1 - 1e-9)) ?? 10) * power }
  const [from, to] = [floor(low), ceiling(high)]
  return from === to ? [clean(from / 2), clean(to * 2)] : [clean(from), clean(to)]
}

/** Ticks of a logarithmic axis: 1, 2 and 5 of each power of ten, or the powers alone where they are many. */
export function logTicks([from, to]: readonly [number, number]): number[] {
  const powers = Array.from({ length: Math.ceil(Math.log10(to)) - Math.floor(Math.log10(from)) + 1 }, (_, index) => Math.floor(Math.log10(from)) + index)
  const steps = Math.log10(to / from) > 2.2 ? [1] : [1, 2, 5]
  return powers.flatMap((power) => steps.map((step) => clean(step * 10 ** power))).filter((tick) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9))
}

/** About five ticks of a linear axis, at a round step. */
export function linearTicks([from, to]: readonly [number, number]): number[] {
  const step = niceStep((to - from) / 5)
  const first = Math.ceil(from / step - 1e-9)
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, index) => clean((first + index) * step))
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5, 10].find((step) => step * power >= rough - 1e-12) ?? 10) * power
}

const clean = (value: number): number => Number(value.toPrecision(12))
