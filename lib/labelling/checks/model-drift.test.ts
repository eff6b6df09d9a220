import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import { reportDrift } from '@/lib/features/drift'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { featureRow } from '@/lib/features/feature-row'
import { fitVocabularies } from '@/lib/features/vocabulary'
import { modelDrift, type FittedModel } from './model-drift'

const root = path.join(import.meta.dirname, '../../..')
const model = (name: string): FittedModel => ({ family: 'windows', ...(JSON.parse(readFileSync(path.join(root, 'models', name, 'model.json'), 'utf8')) as Omit<FittedModel, 'family'>) })
const { events } = await collectEvents(openSource(path.join(root, 'datasets/sample/audit.jsonl.gz')))
async function* batches(list: readonly AuditEvent[], size = 100): AsyncGenerator<readonly AuditEvent[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}

test('is what the rows say one by one', async () => {
  const rows = events.map(featureRow)
  const half = fitVocabularies(rows.slice(0, rows.length / 4))
  const fitted: FittedModel = { family: 'windows', features: PAPER_FEATURES.map((name, i) => ({ name, vocabulary: half[i]?.values ?? [] })) }
  const found = await modelDrift(batches(events), fitted)
  const want = reportDrift(rows, half)
  expect(found.rows).toBe(events.length)
  expect(found.features.toSorted((a, b) => (a.feature < b.feature ? -1 : 1))).toEqual(want.toSorted((a, b) => (a.feature < b.feature ? -1 : 1)))
  expect(want.some(({ unseen }) => unseen > 0)).toBe(true)
  const known = half.map(({ values }) => new Set(values))
  expect(found.touched).toBeCloseTo(rows.filter((row) => row.some((value, i) => value !== null && !known[i]?.has(value))).length / rows.length, 12)
  for (let i = 1; i < found.features.length; i++) expect(found.features[i - 1]?.unseenShare).toBeGreaterThanOrEqual(found.features[i]?.unseenShare ?? 1)
})

test.each(['k8ntext-small', 'linked'])('of a log that %s was trained beside is little, and a foreign value stands first', async (name) => {
  const fitted = model(name)
  const near = await modelDrift(batches(events), fitted)
  expect(near.features).toHaveLength(fitted.features.length)
  expect(near.features[0]?.unseenShare).toBeLessThan(0.2)
  const foreign = events.map((event): AuditEvent => ({ ...event, userAgent: 'probe/9 (plan9/mips) x/1' }))
  const far = await modelDrift(batches(foreign), fitted)
  expect(far.features.find(({ feature }) => feature === 'userAgent.tool')).toMatchObject({ unseenShare: 1, distinctUnseen: 1, commonest: [{ value: 'probe' }] })
  expect(far.features[0]?.unseenShare).toBe(1)
  expect(far.touched).toBe(1)
})
