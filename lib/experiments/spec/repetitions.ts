/** Seeds of so many repetitions, from 1. */
export function repetitions(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
