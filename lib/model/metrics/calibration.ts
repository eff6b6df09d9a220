/** One bin of confidences from `from` (exclusive, but 0 belongs to the first) to `to`. */
export interface CalibrationBin { readonly from: number; readonly to: number; readonly count: number; readonly confidence: number; readonly accuracy: number }

export interface Calibration {
  readonly bins: readonly CalibrationBin[]
  /** Expected calibration error: mean of |accuracy - confidence| over bins, weighted by their lines (Guo et al., ICML 2017). */
  readonly error: number
}

/** Bins of equal width over predictions, given each one's confidence in 0..1 and whether it was right. */
export function calibration(confidences: ArrayLike<number>, right: ArrayLike<boolean | number>, binCount = 10): Calibration {
  const count = new Float64Array(binCount)
  const confidence = new Float64Array(binCount)
  const correct = new Float64Array(binCount)
  for (let i = 0; i < confidences.length; i++) {
    const value = confidences[i] as number
    if (!(value >= 0 && value <= 1)) throw new RangeError(`confidence ${value} is outside 0..1`)
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(value * binCount) - 1))
    count[bin]!++
    confidence[bin]! += value
    correct[bin]! += Number(right[i])
  }
  const bins = Array.from({ length: binCount }, (_, bin) => {
    const lines = count[bin] as number
    const mean = (sum: Float64Array): number => (lines === 0 ? 0 : (sum[bin] as number) / lines)
    return { from: bin / binCount, to: (bin + 1) / binCount, count: lines, confidence: mean(confidence), accuracy: mean(correct) }
  })
  const total = confidences.length
  const error = total === 0 ? 0 : bins.reduce((sum, bin) => sum + (bin.count / total) * Math.abs(bin.accuracy - bin.confidence), 0)
  return { bins, error }
}
