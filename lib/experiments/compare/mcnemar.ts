import { chiSquaredTail, fairCoinTail } from './special-functions'

export interface McNemar {
  /** Two-sided, from the binomial distribution: right for any number of lines. */
  readonly exact: number
  /** (|a - b| - 1)^2 / (a + b), and its p value by chi squared with one degree of freedom. */
  readonly statistic: number
  readonly corrected: number
}

/**
 * McNemar's test whether two models are right equally often on the same lines, from the lines that only one of them has right
 * (McNemar 1947; continuity correction by Edwards 1948). It takes lines for independent: lines of one context are not, so that
 * its p is too small where contexts are large; the bootstrap over contexts is the more careful one.
 */
export function mcNemar(onlyA: number, onlyB: number): McNemar {
  const n = onlyA + onlyB
  if (n === 0) return { exact: 1, statistic: 0, corrected: 1 }
  const statistic = Math.max(0, Math.abs(onlyA - onlyB) - 1) ** 2 / n
  return { exact: Math.min(1, 2 * fairCoinTail(Math.min(onlyA, onlyB), n)), statistic, corrected: chiSquaredTail(statistic) }
}
