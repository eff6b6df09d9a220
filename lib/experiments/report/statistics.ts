/** Mean of at least one value. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Sample standard deviation (n - 1); null under two values. */
export function sampleDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1))
}

/** Spearman's rank correlation with average ranks for ties; null under three pairs, or where one side is all ties. */
export function spearman(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null
  const [x, y] = [ranks(pairs.map(([a]) => a)), ranks(pairs.map(([, b]) => b))]
  const middle = (pairs.length + 1) / 2
  let [xy, xx, yy] = [0, 0, 0]
  x.forEach((rank, index) => {
    const [dx, dy] = [rank - middle, (y[index] ?? 0) - middle]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  })
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy)
}

/** Ranks from 1; equal values share the average of theirs. */
export function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
}
