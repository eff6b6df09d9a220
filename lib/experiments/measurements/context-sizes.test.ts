import { expect, it } from 'vitest'
import { sizePoints } from './context-sizes'

const measuresOf = (sizes: Readonly<Record<string, readonly number[]>>) => {
  const contexts = Object.entries(sizes).flatMap(([label, lines]) => lines.map((count) => ({ label, lines: count })))
  return Object.fromEntries(sizePoints(contexts).map(({ axes, measures }) => [String(axes.bin), measures]))
}

it('puts each label into the bin of the mean of its contexts', () => {
  const bins = measuresOf({ read: [1, 1, 1], edge: [4, 5], five: [5], scale: [9, 10], rollout: [49, 51], drain: [99, 100], namespace: [100], storm: [30, 300] })
  // means: 1, 4.5, 5, 9.5, 50, 99.5, 100, 165
  expect(Object.fromEntries(Object.entries(bins).map(([bin, { labels }]) => [bin, labels]))).toEqual({ '1-4': 2, '5-9': 2, '10-49': 0, '50-99': 2, '100+': 2, '5+': 6, '50+': 4, all: 8 })
  expect(bins['1-4']).toEqual({ labels: 2, labelShare: 0.25, contexts: 5, contextLines: 12, meanContextLines: 2.4 })
  expect(bins['10-49']).toEqual({ labels: 0, labelShare: 0, contexts: 0, contextLines: 0 })
  expect(bins.all).toMatchObject({ labelShare: 1, contexts: 15, contextLines: 3 + 9 + 5 + 19 + 100 + 199 + 100 + 330 })
})

it('has no label in any bin of a log without contexts', () => {
  for (const { measures } of sizePoints([])) expect(measures).toEqual({ labels: 0, labelShare: 0, contexts: 0, contextLines: 0 })
})
