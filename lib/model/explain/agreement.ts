/** How far two explanations of one answer agree. */
export interface Agreement {
  /** Spearman's rank correlation over all things that both weigh, -1 to 1; null where one of them weighs all alike. */
  readonly rank: number | null
  /** How many of the five that weigh most (by size) are the same. */
  readonly top: number
  /** Things weighed; `top` is out of the lesser of five and this. */
  readonly count: number
}

const TOP = 5

/** Compares two weighings of the same things. */
export function agreementOf(first: ArrayLike<number>, second: ArrayLike<number>): Agreement {
  const leading = topOf(first)
  const shared = [...topOf(second)].filter((place) => leading.has(place)).length
  return { rank: correlation(ranksOf(first), ranksOf(second)), top: shared, count: first.length }
}

function topOf(values: ArrayLike<number>): Set<number> {
  const order = Array.from(values, (value, place) => ({ size: Math.abs(value), place })).sort((a, b) => b.size - a.size || a.place - b.place)
  return new Set(order.slice(0, TOP).map(({ place }) => place))
}

/** Ranks from 1; equal values share the mean of theirs. */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, place) => place).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++
    for (let i = from; i < to; i++) ranks[order[i] ?? 0] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}

function correlation(x: Float64Array, y: Float64Array): number | null {
  const [mx, my] = [meanOf(x), meanOf(y)]
  let [xy, xx, yy] = [0, 0, 0]
  x.forEach((value, i) => {
    const [dx, dy] = [value - mx, (y[i] ?? 0) - my]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  })
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
