import { expect, test } from 'vitest'
import { nextPlateau, startPlateau } from './plateau'
import { trainingSettingsSchema } from './training-settings'

const settings = trainingSettingsSchema.parse({ epochs: 50, batch: 8, learningRate: 0.004, stride: 1, earlyStoppingPatience: 5, reducePatience: 2, reduceFactor: 0.1, seed: 0 })

function follow(losses: number[]) {
  let state = startPlateau(settings.learningRate)
  const rates: number[] = []
  for (const [i, loss] of losses.entries()) {
    const next = nextPlateau(state, loss, i + 1, settings)
    state = next.state
    rates.push(state.learningRate)
    if (next.stop) return { rates, state, stopped: i + 1 }
  }
  return { rates, state, stopped: null }
}

test('the rate falls after two epochs without a fall, and again after two more', () => {
  const { rates } = follow([1, 0.5, 0.6, 0.6, 0.6, 0.6])
  expect(rates.map((rate) => Number(rate.toPrecision(3)))).toEqual([0.004, 0.004, 0.004, 0.0004, 0.0004, 0.00004])
})

test('training stops after five epochs without a new best, which is kept', () => {
  const { stopped, state } = follow([1, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9, 0.1])
  expect(stopped).toBe(7)
  expect(state.bestEpoch).toBe(2)
  expect(state.best).toBe(0.5)
})

test('a fall smaller than min delta keeps early stopping waiting but not the rate', () => {
  const { rates, state } = follow([0.5, 0.49999, 0.49998, 0.49997])
  expect(state.wait).toBe(0)
  expect(rates[2]).toBeCloseTo(0.0004, 12)
})
