/** ln n! for whole n: summed for small n, Stirling's series beyond, to about 1e-13 of its value. */
export function logFactorial(n: number): number {
  if (n < 32) {
    let sum = 0
    for (let factor = 2; factor <= n; factor++) sum += Math.log(factor)
    return sum
  }
  const x = n + 1
  const inverse = 1 / x
  const square = inverse * inverse
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
}

/** P(X <= k) of a fair coin thrown n times. The largest term comes from logarithms, so that no n underflows. */
export function fairCoinTail(k: number, n: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  if (k > n / 2) return 1 - fairCoinTail(n - k - 1, n)
  let term = Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2)
  let sum = 0
  for (let heads = k; heads >= 0 && term > 0; heads--) {
    sum += term
    term *= heads / (n - heads + 1)
  }
  return sum
}

const SERIES_BELOW = 2.5

/** 1 - erf(x) for x >= 0, to about 1e-14: the series of erf for small x, a continued fraction beyond. */
export function erfc(x: number): number {
  return x < SERIES_BELOW ? 1 - erfSeries(x) : erfcFraction(x)
}

/** P(X > x) of chi squared with one degree of freedom. */
export function chiSquaredTail(x: number): number {
  return erfc(Math.sqrt(x / 2))
}

function erfSeries(x: number): number {
  let [term, sum] = [x, x]
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

/** erfc(x) = exp(-x^2) / (sqrt(pi) (x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))), from the inside out. */
function erfcFraction(x: number): number {
  let inner = x
  for (let n = 120; n >= 1; n--) inner = x + n / 2 / inner
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * inner)
}
