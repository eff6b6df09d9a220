import { expect, it } from 'vitest'
import { LOG_VARIANTS } from '@/lib/model/linked/log-variants'
import { contextMeasures } from './context-measures'
import { findContexts, logFor, predictedLabels } from './find-contexts'
import { measureLevel } from './level'
import { depsFor, shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')
const READS = ['get', 'list', 'watch']

it('has a point for every form, each of the lines that the form logs', async () => {
  const points = await measureLevel({ measurement: 'level', lines: null, method: 'links' }, depsFor(sample))
  expect(points.map(({ axes }) => axes.form)).toEqual(LOG_VARIANTS.map(({ name }) => name))
  const writes = sample.events.filter(({ verb }) => !READS.includes(verb ?? '')).length
  for (const { axes, measures } of points) expect(measures.loggedLines).toBe(String(axes.form).endsWith('writes') ? writes : sample.events.length)
})

it('scores a form only on what it logs', async () => {
  const [, , form] = await measureLevel({ measurement: 'level', lines: null, method: 'links' }, depsFor(sample))
  const logged = new Set(sample.events.filter(({ verb }) => !READS.includes(verb ?? '')).map(({ auditID }) => auditID))
  const scored = [...sample.truth].filter(([auditID, { role }]) => logged.has(auditID) && (role === 'trigger' || role === 'consequence')).length
  expect(form).toMatchObject({ axes: { form: 'writes' }, measures: { scoredRecords: scored } })
})

it('gives the clusterers the labels of the paper\'s model', async () => {
  const deps = depsFor(sample)
  const [logged] = await measureLevel({ measurement: 'level', lines: null, method: 'k8ntext' }, deps)
  const kept = logFor('k8ntext', 'predicted')
  kept.add(sample.events)
  const labels = await predictedLabels(kept, deps)
  expect(logged?.measures).toEqual({ ...contextMeasures(sample.truth, await findContexts('k8ntext', kept, () => labels, deps)), loggedLines: sample.events.length })
  const known = [...sample.truth].filter(([, { label }]) => label !== null)
  expect(logged?.measures.labelCoverage).toBeCloseTo(known.filter(([auditID]) => labels.has(auditID)).length / known.length, 3)
})
