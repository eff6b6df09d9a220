import { QUERY_LIMITS } from './limits'

let left = 0

/** Counts the patterns of one query together; parsing is synchronous, so there is one count at a time. */
export function withPatternBudget<T>(work: () => T): T {
  const before = left
  left = QUERY_LIMITS.programs
  try {
    return work()
  } finally {
    left = before
  }
}

/** Whether a pattern of so many instructions is one too many for its query. */
export function isBeyondBudget(instructions: number): boolean {
  left -= instructions
  return left < 0
}
