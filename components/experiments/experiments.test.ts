import { describe, expect, it } from 'vitest'
import { windowSize } from '@/experiments/window-size'
import { buildReport } from '@/lib/experiments/report'
import { estimateMinutes, parseNumbers } from './estimate'
import { secondsLeft } from './launch-view'
import { reportSeries } from './report-series'

describe('the launch form', () => {
  it('reads numbers and ranges', () => {
    expect(parseNumbers('60, 5 10-12,10; x, 9-1')).toEqual([5, 10, 11, 12, 60])
    expect(parseNumbers('1-99999999')).toEqual([])
  })
  it('scales the measured time', () => {
    expect(estimateMinutes({ expectedMinutes: 18 }, { runs: 14, lines: 18_000, epochs: 12 }, { runs: 7, lines: 9000, epochs: 12 })).toBe(4.5)
    expect(estimateMinutes({ expectedMinutes: 18 }, { runs: 14, lines: null, epochs: null }, { runs: 14, lines: 100, epochs: 1 })).toBe(18)
  })
})

describe('the time left of a sweep', () => {
  const run = (state: 'done' | 'queued', totalSeconds: number | null) => ({ state, totalSeconds, progress: null, window: 25 })
  it('is the mean of the finished for each that waits', () => {
    expect(secondsLeft([run('done', 10), run('done', 20), run('queued', null), run('queued', null)])).toBeCloseTo(30)
  })
  it('is not known before one has finished, and nothing when all have', () => {
    expect(secondsLeft([run('queued', null)])).toBeNull()
    expect(secondsLeft([run('done', 10)])).toBe(0)
  })
})

describe('the figure of the report', () => {
  it('always shows the published values, hollow and dashed', () => {
    const series = reportSeries(buildReport(windowSize, []), 'windowF1')
    expect(series).toHaveLength(1)
    expect(series[0]).toMatchObject({ label: 'paper', marker: 'hollow' })
    expect(series[0]?.points.at(-1)).toMatchObject({ x: 60, y: 0.982 })
  })
  it('shows none where the paper published none', () => {
    expect(reportSeries(buildReport(windowSize, []), 'lineF1')).toEqual([])
  })
})
