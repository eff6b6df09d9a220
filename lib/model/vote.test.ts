import { expect, test } from 'vitest'
import { castVote, countVotes, voteWeights, type Ballot } from './vote'

function vote(votes: [tuple: number, weight: number, probability?: number][]) {
  const ballots: Ballot[] = []
  for (const [tuple, weight, probability = 1] of votes) castVote(ballots, tuple, weight, probability)
  return countVotes(ballots)
}

test('weights are the published triangle, guarded at the edge', () => {
  const weights = voteWeights(4, 'weighted')
  expect([...weights].slice(1)).toEqual([0.5, 1, 0.5])
  expect(weights[0]).toBeGreaterThan(0)
  expect(weights[0]).toBeLessThan(1e-5)
  expect([...voteWeights(3, 'majority')]).toEqual([1, 1, 1])
  expect(voteWeights(5, 'weighted')[4]).toBeCloseTo(1 - 1.5 / 2.5, 12)
})

test('the heaviest label wins, the first one on a tie', () => {
  expect(vote([[7, 0.2], [9, 0.5], [7, 0.2]])?.tuple).toBe(9)
  expect(vote([[7, 1], [9, 1]])?.tuple).toBe(7)
  expect(vote([[9, 1], [7, 1]])?.tuple).toBe(9)
})

test('an edge vote decides only where there is no other', () => {
  const [edge] = voteWeights(60, 'weighted')
  expect(vote([[7, edge!]])?.tuple).toBe(7)
  expect(vote([[7, edge!], [9, voteWeights(60, 'weighted')[1]!]])?.tuple).toBe(9)
})

test('confidence falls with disagreement and with doubt, margin with disagreement', () => {
  expect(vote([[7, 1, 0.8], [7, 1, 0.6]])).toEqual({ tuple: 7, confidence: 0.7, runnerUp: null, margin: 1 })
  expect(vote([[7, 3, 0.8], [9, 1, 0.9]])).toMatchObject({ runnerUp: 9, margin: 0.5 })
  expect(vote([[7, 3, 0.8], [9, 1, 0.9]])?.confidence).toBeCloseTo(0.6, 12)
})

test('no votes, no outcome', () => { expect(countVotes([])).toBeNull() })
