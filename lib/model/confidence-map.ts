import { z } from 'zod'

export const confidenceMapSchema = z.strictObject({ slope: z.number().min(0), intercept: z.number() })
/**
 * Turns a raw confidence c into the share of lines that are right at it: sigmoid(slope * logit(c) + intercept). A focal
 * loss and a normalised output layer leave raw confidences far too low, though their order is sound.
 */
export type ConfidenceMap = z.infer<typeof confidenceMapSchema>

/** Leaves confidences as they are. */
export const RAW_CONFIDENCE: ConfidenceMap = { slope: 1, intercept: 0 }

const EDGE = 1e-12
const logit = (c: number): number => { const p = Math.min(1 - EDGE, Math.max(EDGE, c)); return Math.log(p / (1 - p)) }
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

export function mapConfidence(map: ConfidenceMap, confidence: number): number {
  return map === RAW_CONFIDENCE ? confidence : sigmoid(map.slope * logit(confidence) + map.intercept)
}

/**
 * Fits a map on lines that the network was not trained on (Platt 1999, with his smoothed targets, so that a network that is
 * always right stays below 1). Newton's method on the logistic loss; a slope that would turn the order round becomes 0.
 */
export function fitConfidence(confidences: ArrayLike<number>, right: ArrayLike<boolean | number>): ConfidenceMap {
  const x = Float64Array.from(confidences, logit)
  const good = Array.from(right).filter(Boolean).length
  if (x.length === 0) return RAW_CONFIDENCE
  const [high, low] = [(good + 1) / (good + 2), 1 / (x.length - good + 2)]
  const y = Float64Array.from(x, (_, i) => (right[i] ? high : low))
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length
  const flat = { slope: 0, intercept: logit(mean) }
  const fitted = newton(x, y, flat)
  return fitted.slope >= 0 && Number.isFinite(fitted.slope + fitted.intercept) ? fitted : flat
}

function newton(x: Float64Array, y: Float64Array, start: ConfidenceMap): ConfidenceMap {
  let { slope, intercept } = start
  let loss = logisticLoss(x, y, slope, intercept)
  for (let round = 0; round < 100; round++) {
    const step = newtonStep(x, y, slope, intercept)
    let size = 1
    let next = loss
    // Halves a step that overshoots, as Newton's may where the data are nearly separable.
    for (; size > 1e-6; size /= 2) {
      next = logisticLoss(x, y, slope - size * step.slope, intercept - size * step.intercept)
      if (next <= loss) break
    }
    slope -= size * step.slope
    intercept -= size * step.intercept
    if (Math.abs(loss - next) < 1e-14 * Math.max(1, loss)) break
    loss = next
  }
  return { slope, intercept }
}

function newtonStep(x: Float64Array, y: Float64Array, slope: number, intercept: number): { slope: number; intercept: number } {
  let [ga, gb, haa, hab, hbb] = [0, 0, 1e-12, 0, 1e-12]
  for (let i = 0; i < x.length; i++) {
    const [xi, yi] = [x[i] as number, y[i] as number]
    const p = sigmoid(slope * xi + intercept)
    const w = p * (1 - p)
    ga += (p - yi) * xi
    gb += p - yi
    haa += w * xi * xi
    hab += w * xi
    hbb += w
  }
  const determinant = haa * hbb - hab * hab
  if (!(Math.abs(determinant) > 1e-300)) return { slope: 0, intercept: gb / hbb }
  return { slope: (hbb * ga - hab * gb) / determinant, intercept: (haa * gb - hab * ga) / determinant }
}

function logisticLoss(x: Float64Array, y: Float64Array, slope: number, intercept: number): number {
  let loss = 0
  for (let i = 0; i < x.length; i++) {
    const z = slope * (x[i] as number) + intercept
    // log(1 + e^z) without overflow.
    loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (y[i] as number) * z
  }
  return loss
}
