import { describe, expect, it } from 'vitest'
import { describeSeconds, secondsLeft, type TimedRun } from './time-left'

const run = (state: TimedRun['state'], changes: Partial<TimedRun> = {}): TimedRun => ({ experiment: 'x', preset: 'net', window: 60, state, seconds: state === 'done' ? 10 : null, spent: 0, ...changes })
const unknown = () => Number.NaN

describe('the time left', () => {
  it('is what like runs took, shared among those at a time', () => {
    const runs = [run('done', { seconds: 8 }), run('done', { seconds: 12 }), run('queued'), run('queued'), run('running', { spent: 4 })]
    expect(secondsLeft(runs, 1, unknown)).toBe(26)
    expect(secondsLeft(runs, 2, unknown)).toBe(13)
    expect(secondsLeft(runs, 20, unknown), 'no sooner than the longest').toBe(10)
  })

  it('goes by the window before the experiment, and by what is expected before anything has ended', () => {
    const runs = [run('done', { window: 5, seconds: 1 }), run('done', { window: 60, seconds: 100 })]
    expect(secondsLeft([...runs, run('queued', { window: 5 })], 1, unknown)).toBe(1)
    expect(secondsLeft([...runs, run('queued', { window: 20 })], 1, unknown)).toBe(50.5)
    expect(secondsLeft([...runs, run('queued', { experiment: 'y' })], 1, () => 7)).toBe(7)
    expect(secondsLeft([...runs, run('queued', { experiment: 'y' })], 1, unknown)).toBeNull()
  })

  it('is nothing at the end, and a little for what takes longer than it should', () => {
    expect(secondsLeft([run('done'), run('failed'), run('stopped')], 2, unknown)).toBe(0)
    expect(secondsLeft([run('done'), run('running', { spent: 50 })], 2, unknown)).toBe(0.5)
  })
})

it.each([[0, '0 s'], [89.2, '90 s'], [90, '2 min'], [3599, '1 h 00 min'], [7500, '2 h 05 min']])('%d seconds are told as %s', (seconds, text) => {
  expect(describeSeconds(seconds)).toBe(text)
})
