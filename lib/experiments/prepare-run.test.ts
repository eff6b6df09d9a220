import { expect, test } from 'vitest'
import { presetRunSettings } from './preset-settings'
import { splitOf } from './prepare-run'

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
