import { describe, expect, it } from 'vitest'
import { clusterSizes } from '@/experiments/cluster-sizes'
import { inferenceTime } from '@/experiments/inference-time'
import { labelNoise } from '@/experiments/label-noise'
import { level } from '@/experiments/level'
import { queryTime } from '@/experiments/query-time'
import { storage } from '@/experiments/storage'
import { AuditweaveError } from '@/lib/audit/errors'
import { isMeasureSpec } from '../any-run-spec'
import { expandExperiment } from '../expand'
import type { Measurement } from '../measure-spec'
import { experimentSpecSchema, SCALES } from '../spec/experiment-spec'
import { runMeasurement } from './run-measurement'
import { depsFor, shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')
const SPECS = [inferenceTime, queryTime, storage, clusterSizes, labelNoise, level]
const few = (settings: Measurement): Measurement => ({ ...settings, lines: Math.min(settings.lines ?? 300, 300), ...('repetitions' in settings ? { repetitions: 1 } : {}) })
/** Names that a view or check reads. */
const namesIn = (part: object, key: string): string[] => Object.entries(part).flatMap(([name, value]): string[] => {
  if (name === key) return [value as string].flat()
  return typeof value === 'object' && value !== null ? namesIn(value as object, key) : []
})

describe.each(SPECS)('$name', (spec) => {
  it('is a valid experiment that unrolls at every scale', () => {
    expect(experimentSpecSchema.parse(spec)).toEqual(spec)
    for (const scale of SCALES) expect(expandExperiment(spec, scale).length).toBeGreaterThan(0)
  })

  it('yields every measure and place that its report reads', async () => {
    const points = []
    for (const { swept, params } of expandExperiment(spec, 'smoke')) {
      if (!isMeasureSpec(params)) throw new Error('not a measurement')
      for (const point of await runMeasurement(few(params.measure), depsFor(sample))) points.push({ axes: { ...swept, ...point.axes }, measures: point.measures })
    }
    const measures = new Set(points.flatMap((point) => Object.keys(point.measures)))
    for (const name of namesIn({ views: spec.views, checks: spec.checks }, 'measure')) expect([...measures]).toContain(name)
    for (const axis of ['x', 'y', 'category', 'series', 'rows'].flatMap((key) => namesIn(spec.views, key))) expect(points.every(({ axes }) => axis in axes)).toBe(true)
    for (const { axes } of spec.published.points) expect(points[0]?.axes).toMatchObject(Object.fromEntries(Object.keys(axes).map((name) => [name, expect.anything()])))
  })
})

it.each([storage, clusterSizes, labelNoise, level].map((spec) => [spec.name, spec] as const))('%s gives the same points again', async (_, spec) => {
  const [run] = expandExperiment(spec, 'smoke').slice(-1)
  if (!run || !isMeasureSpec(run.params)) throw new Error('not a measurement')
  const settings = few(run.params.measure)
  expect(await runMeasurement(settings, depsFor(sample, { seed: 9 }))).toEqual(await runMeasurement(settings, depsFor(sample, { seed: 9 })))
})

it('stops where it is told to, with the reason', async () => {
  const reason = new AuditweaveError('run-stopped', 'Stopped by hand.')
  for (const { params } of SPECS.flatMap((spec) => expandExperiment(spec, 'smoke').slice(0, 1))) {
    if (!isMeasureSpec(params)) throw new Error('not a measurement')
    await expect(runMeasurement(few(params.measure), depsFor(sample, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason)
  }
})

it('says so where the truth is of another log', async () => {
  const deps = depsFor({ events: sample.events, truth: new Map([['another', { role: 'trigger', context: 'c', label: null }]]) })
  for (const measurement of ['cluster-sizes', 'level'] as const) await expect(runMeasurement({ measurement, lines: 50, method: 'links' }, deps)).rejects.toMatchObject({ code: 'wrong-truth' })
})
