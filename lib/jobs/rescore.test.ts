import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { staleFigures } from '@/lib/store/contexts/figures'
import { correct, scriptedReconstruction } from '@/lib/store/contexts/testing'
import { exportedRecords } from '@/lib/store/contexts/export-records'
import { undoCorrection } from '@/lib/store/contexts/write-correction'
import { recordLabels } from '@/lib/store/labels'
import { getReconstruction } from '@/lib/store/reconstructions'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { rescore } from './rescore'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const figures = async (id: string) => (await getReconstruction(id))?.figures as { revision: number; background: number; truth: { b3_f1: number; role_accuracy: number } | null }
const stale = async (id: string): Promise<boolean> => (await staleFigures()).some((one) => one.id === id)

it('measures contexts as people have corrected them, and again when that is undone', async () => {
  const { datasetId, id } = await scriptedReconstruction('measured')
  // What the linker found is declared right, so that any change makes it worse.
  const labels: Parameters<typeof recordLabels>[1][number][] = []
  for await (const batch of exportedRecords(id)) labels.push(...batch.map(({ auditID, role, context, label }) => ({ auditID, role, context, label })))
  await recordLabels(datasetId, labels, { actor: 'ann', source: 'truth' })
  await rescore(id)
  expect(await figures(id)).toMatchObject({ revision: 0, background: 1, truth: { b3_f1: 1, role_accuracy: 1 } })
  expect(await stale(id)).toBe(false)

  const outcome = await correct(id, { kind: 'background', requests: ['p1'] })
  expect(await stale(id)).toBe(false)
  await expect.poll(() => stale(id), { timeout: 20_000 }).toBe(true)
  await rescore(id)
  const { revision, background, truth } = await figures(id)
  expect([revision, background]).toEqual([(await getReconstruction(id))?.revision, 2])
  expect(truth?.b3_f1).toBeLessThan(1)
  expect(truth?.role_accuracy).toBeCloseTo(5 / 6, 3)
  expect(await stale(id)).toBe(false)

  if (outcome.state === 'written') await undoCorrection(id, { id: randomUUID(), correction: outcome.answer.correction.id, why: '' }, 'ann')
  await rescore(id)
  expect(await figures(id)).toMatchObject({ background: 1, truth: { b3_f1: 1, role_accuracy: 1 } })
})
