import { beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import type { Engine } from '@/lib/engine/types'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { tinyModel } from './fixtures/tiny-model'
import { labelEvents } from './label-events'

let engine: Engine
beforeAll(async () => { engine = await loadInlineEngine() })
const model = tinyModel()

const event = (i: number, more: JsonObject = {}) => normaliseEvent({
  kind: 'Event', apiVersion: 'audit.k8s.io/v1', auditID: `id-${i}`, level: 'Metadata', stage: 'ResponseComplete', verb: 'get',
  requestURI: `/api/v1/namespaces/shop/pods/p${i}`, user: { username: 'jane' }, objectRef: { resource: 'pods', namespace: 'shop', name: `p${i}`, apiVersion: 'v1' },
  requestReceivedTimestamp: `2024-05-01T00:00:${String(i).padStart(2, '0')}.000000Z`, ...more,
})
const health = (i: number) => event(i, { objectRef: undefined, requestURI: '/healthz' })

describe('labelEvents', () => {
  test('labels every API line and nothing else', async () => {
    const events = [...Array.from({ length: 20 }, (_, i) => event(i)), health(20), event(21)]
    const labels = await labelEvents(model, engine, events)
    expect(labels).toHaveLength(22)
    expect(labels[20]).toBeNull()
    for (const [i, prediction] of labels.entries()) if (i !== 20) expect(prediction!.confidence).toBeGreaterThan(0)
  })
  test.each([1, 2, 5, 6, 7])('a log of %i lines, window 6, is labelled whole', async (lines) => {
    const labels = await labelEvents(model, engine, Array.from({ length: lines }, (_, i) => event(i)))
    expect(labels.every((prediction) => prediction !== null)).toBe(true)
  })
  test('no events, or none for API objects, need no network', async () => {
    expect(await labelEvents(model, engine, [])).toEqual([])
    expect(await labelEvents(model, engine, [health(1)])).toEqual([null])
  })
  test('both ends of a watch bear one prediction', async () => {
    const events = [event(0, { verb: 'watch', stage: 'ResponseStarted' }), event(1), event(2), event(0, { verb: 'watch' }), event(4, { verb: 'watch', stage: 'ResponseStarted' })]
    const labels = await labelEvents(model, engine, events)
    expect(labels[0]).not.toBeNull()
    expect(labels[0]).toBe(labels[3])
    expect(labels[4]).toBeNull()
  })
  test('progress is told and an abort is heard', async () => {
    const events = Array.from({ length: 30 }, (_, i) => event(i))
    let last = { windows: 0, total: -1 }
    await labelEvents(model, engine, events, { batch: 2, onProgress: (done) => { last = done } })
    expect(last.windows).toBe(last.total)
    await expect(labelEvents(model, engine, events, { signal: AbortSignal.abort() })).rejects.toThrow()
  })
})
