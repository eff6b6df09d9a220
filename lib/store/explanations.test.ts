import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { sql } from './database'
import { failExplaining, finishExplaining, modelExplanation, modelNeighbours, queueExplaining, tellExplaining } from './explanations'
import { clearDefaultModel, defaultModel, saveModel, setDefaultModel, setModelState } from './models'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
let id: string
beforeAll(async () => {
  database = await openTestDatabase()
  id = (await saveModel({ name: 'm', manifest: '{}', weights: new Uint8Array(1) })).id
})
afterAll(() => database.close())

const found: ModelExplanation = { format: 'auditweave-explanation', version: 1, model: { name: 'm', created: 'c' }, data: { name: 'd', sha256: 's', lines: 1 }, heldOut: true, created: '2026-01-01T00:00:00.000Z', importance: null, tree: null }

describe('finding out what a model looks at', () => {
  it('is told from queue to end, once at a time', async () => {
    expect(await modelExplanation(id)).toEqual({ explanation: null, explaining: null })
    await queueExplaining(id)
    await expect(queueExplaining(id)).rejects.toMatchObject({ code: 'wrong-state' })
    await tellExplaining(id, 'shuffling features', 0.25)
    expect((await modelExplanation(id)).explaining).toEqual({ state: 'running', share: 0.25, part: 'shuffling features', error: null })
    await finishExplaining(id, found, '{"a":1}')
    expect(await modelExplanation(id)).toEqual({ explanation: found, explaining: null })
    expect(await modelNeighbours(id)).toBe('{"a":1}')
  })
  it('is over when nobody has said anything for a minute, and may then begin anew', async () => {
    await queueExplaining(id)
    await tellExplaining(id, 'x', 0.5)
    await sql(`UPDATE models SET explaining = explaining || jsonb_build_object('at', now() - interval '2 minutes')`)
    expect((await modelExplanation(id)).explaining).toMatchObject({ state: 'failed', error: expect.stringContaining('gone') as string })
    await queueExplaining(id)
    expect((await modelExplanation(id)).explaining?.state).toBe('queued')
  })
  it('keeps the first reason of a failure, and what was known before', async () => {
    await failExplaining(id, 'no data set')
    await failExplaining(id, 'exit code 1', { unlessFailed: true })
    await tellExplaining(id, 'late word', 1)
    expect(await modelExplanation(id)).toMatchObject({ explanation: found, explaining: { state: 'failed', error: 'no data set' } })
    await expect(modelExplanation('none')).rejects.toMatchObject({ code: 'unknown-model' })
    await expect(queueExplaining('none')).rejects.toMatchObject({ code: 'unknown-model' })
  })
})

it('an archived model is no longer the default, and the default may be given back', async () => {
  await setDefaultModel(id)
  await setModelState(id, 'archived')
  expect(await defaultModel()).toBeNull()
  await setDefaultModel(id)
  await clearDefaultModel()
  expect(await defaultModel()).toBeNull()
})
