import { expect, it } from 'vitest'
import { observationsOf } from './observation'
import { madeUpRun } from './testing'

it('takes a measurement by its points alone: what its phases took is no figure of it', () => {
  const timings = { trainSeconds: 0, inferMillisPerLine: 0 }
  const points = [{ axes: {}, measures: { inferMillisPerLine: 0.3 } }]
  const measured = { ...madeUpRun(1, { window: 5 }, { timings }), kind: 'measure' as const, metrics: null, points }
  expect(observationsOf(measured).map(({ measures }) => measures)).toEqual([{ inferMillisPerLine: 0.3 }])
  expect(observationsOf({ ...madeUpRun(2, { window: 5 }, { metrics: { lineAccuracy: 1 }, timings }), points })).toHaveLength(2)
})
