import { describe, expect, it } from 'vitest'
import { listExperiments } from './catalogue'
import { findMeasure, MEASURES } from './measures'
import { runMetricsSchema, timingsSchema } from './run-spec'

describe('the catalogue of measures', () => {
  it('has every figure of a training once, under its stored name', () => {
    const keys = MEASURES.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    const stored = [...Object.keys(runMetricsSchema.shape), ...Object.keys(timingsSchema.shape).filter((key) => key !== 'phases')]
    expect(stored.filter((key) => !keys.includes(key))).toEqual([])
    for (const { key, from } of MEASURES) if (from !== 'points') expect(Object.keys(from === 'metrics' ? runMetricsSchema.shape : timingsSchema.shape), key).toContain(key)
  })

  it('knows whatever a shipped experiment shows, checks or quotes', () => {
    const named = listExperiments().flatMap(({ views, checks, published }) => [
      ...views.flatMap((view) => (view.kind === 'table' ? view.columns.map(({ measure }) => measure) : 'measure' in view ? [view.measure] : [])),
      ...checks.flatMap((check) => ('measure' in check ? [check.measure] : [])),
      ...published.points.flatMap(({ measures }) => Object.keys(measures)),
    ])
    expect([...new Set(named)].filter((key) => !findMeasure(key))).toEqual([])
  })
})
