/** A linear scale of bars about zero, with some round ticks. */
export interface BarScale { readonly low: number; readonly high: number; readonly ticks: readonly number[]; x(value: number): number }

const STEPS = [1, 2, 2.5, 5, 10]

/** Covers all values and zero; where all are zero it shows a hundredth, so that nothing looks large. */
export function barScale(values: readonly number[], left: number, right: number): BarScale {
  const most = Math.max(0, ...values)
  const least = Math.min(0, ...values)
  const high = most - least < 1e-9 ? 0.01 : most
  const step = roundStep((high - least) / 4)
  const low = least
  const ticks: number[] = []
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step) ticks.push(Number(tick.toPrecision(6)) + 0)
  return { low, high, ticks, x: (value) => left + ((value - low) / (high - low)) * (right - left) }
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * (STEPS.find((step) => step * power >= rough) ?? 10)
}
