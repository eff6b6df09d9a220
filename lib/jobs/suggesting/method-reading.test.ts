import { beforeAll, describe, expect, it } from 'vitest'
import { METHODS, type ReconstructionMethod } from '@/lib/contexts/methods'
import { scoreReconstruction } from '@/lib/contexts/score'
import { shippedData, type TestData } from '@/lib/experiments/measurements/testing/sample-deps'
import type { FoundContexts } from '@/lib/store/reconstruction-writes'
import type { Reconstruction } from '@/lib/store/reconstructions'
import { openReading } from './reading'

const PLAN: Reconstruction = {
  id: 'r', datasetId: 'd', datasetName: 'sample', method: 'linked', modelId: null, modelName: 'linked', options: {}, state: 'running', progress: null, figures: null, error: null,
  createdAt: '', startedAt: null, finishedAt: null, contexts: 0, revision: 0, corrections: 0,
}

let data: TestData
beforeAll(async () => { data = await shippedData('sample') })

async function found(method: ReconstructionMethod, modelName: string | null = 'linked'): Promise<FoundContexts> {
  const reading = openReading({ ...PLAN, method, modelName }, new AbortController().signal)
  await reading.add(data.events)
  return reading.finish(() => {})
}

const f1 = ({ records }: FoundContexts): number => scoreReconstruction([...data.truth].map(([auditID, truth]) => ({ auditID, ...truth })), records).b3_f1 ?? 0

describe('a stored log read by a method and a model', () => {
  it('has a record for every line by each method, with that method\'s evidence', async () => {
    const results = new Map<string, FoundContexts>()
    for (const method of METHODS) results.set(method, await found(method))
    for (const [method, result] of results) expect([method, result.records.length]).toEqual([method, data.events.length])
    const rules = (method: string): Set<string> => new Set(results.get(method)?.records.flatMap(({ links }) => links.map(({ rule }) => rule)))
    expect([[...rules('k8ntext')], [...rules('k8ntext-2024')], [...rules('network')].includes('owner'), rules('linked').has('owner')]).toEqual([['k8ntext'], ['k8ntext'], false, true])
    expect(f1(results.get('linked') as FoundContexts)).toBeGreaterThan(0.95)
    expect(f1(results.get('k8ntext') as FoundContexts)).toBeGreaterThan(0.4)
  }, 60_000)

  it('needs a model where its method is one that labels, and one that is there', async () => {
    await expect(found('k8ntext', null)).rejects.toMatchObject({ code: 'wrong-use' })
    await expect(found('linked', 'nobody')).rejects.toMatchObject({ code: 'unknown-model' })
    expect((await found('linked', null)).contexts.length).toBeGreaterThan(10)
  })
})
