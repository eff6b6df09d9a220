import { expect, test } from 'vitest'
import { presetRunSettings } from './preset-settings'
import { drawnTests, splitOf } from './prepare-run'

const spec = { window: 20, stride: 10, inferStride: 5, seed: 3, split: { test: 0.1, validation: 0.1 } } as const

test('a random phase may begin a training window at every line, and leaves the others as few', () => {
  const fixed = splitOf({ ...spec, protocol: 'blocked' }, 1000)
  const random = splitOf({ ...spec, protocol: 'blocked', phase: 'random' }, 1000)
  expect(random).toEqual({ ...fixed, train: random.train })
  expect([...random.train]).toEqual(Array.from({ length: fixed.trainLines.to - 19 }, (_, i) => i))
  expect(fixed.train.every((start) => start % 10 === 0 || start === fixed.trainLines.to - 20)).toBe(true)
})

test('so does it under the paper\'s protocol, where windows are drawn at random', () => {
  const random = splitOf({ ...spec, protocol: 'paper', phase: 'random' }, 1000)
  expect([random.train.length, random.validation.length, random.test.length]).toEqual([785, 10, 10])
  const all = [...random.train, ...random.validation, ...random.test]
  expect(new Set(all).size).toBe(all.length)
})

test('the cheap preset of the paper\'s network trains so', () => {
  expect(presetRunSettings('k8ntext-chunks')).toMatchObject({ phase: 'random', stride: 30, batch: 16 })
  expect(presetRunSettings('k8ntext')).not.toHaveProperty('phase')
})

test('a random phase stays on the training lines of a fold, and of a transfer', () => {
  const fold = splitOf({ ...spec, protocol: 'blocked', phase: 'random', fold: { k: 4, fold: 2 } }, 1000)
  expect(fold.testLines).toEqual({ from: 250, to: 500 })
  expect([...fold.train]).toEqual(fold.fitted.flatMap(({ from, to }) => Array.from({ length: to - from - 19 }, (_, i) => from + i)))
  const transfer = splitOf({ ...spec, protocol: 'transfer', phase: 'random' }, 1000, 70)
  expect([...transfer.train]).toEqual(Array.from({ length: 881 - 19 }, (_, i) => i))
  expect(() => splitOf({ ...spec, protocol: 'transfer' }, 1000)).toThrow(/name it as the run's scoredOn/)
})

test('every window that was drawn to test on is known where a random phase scores few of them', () => {
  const random = splitOf({ ...spec, protocol: 'paper', phase: 'random' }, 1000)
  const drawn = drawnTests({ ...spec, protocol: 'paper', phase: 'random' }, 1000)
  expect(drawn).toHaveLength(98)
  const taken = new Set(drawn)
  expect(random.test.every((start) => taken.has(start))).toBe(true)
  expect(random.train.some((start) => taken.has(start))).toBe(false)
})
