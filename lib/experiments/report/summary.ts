import type { Observation } from './observation'
import type { RunValue, Summary } from './report-types'
import { mean, sampleDeviation } from './statistics'

/** Mean and deviation of our values at a place; null where nothing stands. */
export function summarise(observations: readonly Observation[], measure: string): Summary | null {
  const values = observations.flatMap(({ run, measures }): RunValue[] => {
    const value = measures[measure]
    return run && value !== undefined ? [{ run: run.id, number: run.number, seed: run.seed, value }] : []
  })
  if (values.length === 0) return null
  const numbers = values.map(({ value }) => value)
  return { mean: mean(numbers), deviation: sampleDeviation(numbers), values }
}

/** A published value as a summary without runs. */
export function publishedSummary(observations: readonly Observation[], measure: string): Summary | null {
  const [found] = observations
  const value = found?.measures[measure]
  return found && value !== undefined ? { mean: value, deviation: found.deviations[measure] ?? null, values: [] } : null
}
