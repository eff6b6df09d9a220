import { describe, expect, it } from 'vitest'
import { Pulse } from './pulse'

const START = Date.UTC(2026, 0, 1)
const batch = (stored: number, stagedAt: number) => ({ stored, duplicates: 1, conflicting: 0, newestStageMicros: stagedAt * 1000, oldestStageMicros: (stagedAt - 2000) * 1000 })

describe('the pulse of a receiver', () => {
  it('tells the lag of the last batch and the worst of the last minutes', () => {
    const pulse = new Pulse()
    expect(pulse.report(START)).toMatchObject({ events: 0, lagSeconds: null, worstLagSeconds: null, gaps: [], rate: 0 })
    pulse.batch(batch(10, START - 9000), START)
    pulse.batch(batch(50, START + 900), START + 1000)
    expect(pulse.report(START + 1000)).toMatchObject({ batches: 2, events: 60, duplicates: 2, lagSeconds: 0.1, worstLagSeconds: 11, rate: 1 })
    expect(pulse.report(START + 400_000)).toMatchObject({ rate: 0, worstLagSeconds: 0.1 })
  })

  it('notices a silence while it lasts and keeps it when it is over', () => {
    const pulse = new Pulse()
    for (let i = 0; i <= 10; i++) pulse.batch(batch(1, START + i * 1000), START + i * 1000)
    expect(pulse.report(START + 60_000).gaps).toEqual([])
    expect(pulse.report(START + 100_000).gaps).toEqual([{ from: START + 10_000, to: START + 100_000 }])
    pulse.batch(batch(1, START + 120_000), START + 120_000)
    pulse.batch(batch(1, START + 121_000), START + 121_000)
    expect(pulse.report(START + 122_000).gaps).toEqual([{ from: START + 10_000, to: START + 120_000 }])
  })

  it('waits longer where batches are rare', () => {
    const pulse = new Pulse()
    for (let i = 0; i <= 30; i++) pulse.batch(batch(1, START + i * 30_000), START + i * 30_000)
    expect(pulse.report(START + 30 * 30_000 + 200_000).gaps).toEqual([])
    expect(pulse.report(START + 30 * 30_000 + 310_000).gaps).toHaveLength(1)
  })
})
