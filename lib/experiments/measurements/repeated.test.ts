import { describe, expect, it } from 'vitest'
import { spreadOf, timed } from './repeated'

describe('spreadOf', () => {
  it('takes the middle value, and the mean of both where there are two', () => {
    expect(spreadOf([9, 1, 2])).toMatchObject({ median: 2, repetitions: 3 })
    expect(spreadOf([4, 1, 2, 100]).median).toBe(3)
  })

  it('gives the sample standard deviation', () => {
    // mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 7
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9]).deviation).toBeCloseTo(Math.sqrt(32 / 7), 12)
    expect(spreadOf([3])).toEqual({ median: 3, deviation: 0, repetitions: 1 })
  })
})

describe('timed', () => {
  const { signal } = new AbortController()

  it('runs once more than it counts', async () => {
    let runs = 0
    expect((await timed(() => { runs++ }, { repetitions: 6, seconds: 60, signal })).repetitions).toBe(6)
    expect(runs).toBe(7)
  })

  it('stops after three repetitions where time is up', async () => {
    let runs = 0
    expect((await timed(() => { runs++ }, { repetitions: 1000, seconds: 0, signal })).repetitions).toBe(3)
    expect(runs).toBe(4)
  })

  it('counts a run by its own time', async () => {
    const wait = (): void => {
      const until = performance.now() + 5
      while (performance.now() < until) { /* busy */ }
    }
    const { median, cpu } = await timed(wait, { repetitions: 3, seconds: 60, signal })
    expect(median).toBeGreaterThanOrEqual(5)
    expect(cpu).toBeGreaterThan(0)
  })

  it('hears of an abort between repetitions', async () => {
    const stop = new AbortController()
    setTimeout(() => { stop.abort(new Error('enough')) }, 20)
    await expect(timed(() => { for (const until = performance.now() + 10; performance.now() < until;) { /* busy */ } }, { repetitions: 1000, seconds: 60, signal: stop.signal })).rejects.toThrow('enough')
  })
})
