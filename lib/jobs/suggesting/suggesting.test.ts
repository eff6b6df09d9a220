import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isResourceEvent } from '@/lib/audit/resource-event'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import { shippedData, type TestData } from '@/lib/experiments/measurements/testing/sample-deps'
import { changesByRules, ruleBatch } from '@/lib/labelling/background/apply'
import { labelRule, type LabelRule } from '@/lib/labelling/background/label-rules'
import { previewRules } from '@/lib/labelling/background/preview'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { answerKey } from '@/lib/labelling/learning/judge'
import { heldBack } from '@/lib/labelling/queue/hold-back'
import { suggestionAt } from '@/lib/labelling/suggest/suggestion-at'
import { EvidenceCollector } from '@/lib/labelling/suggest/evidence'
import { LinkedLines } from '@/lib/model/linked/linked-lines'
import type { LabelChange } from '@/lib/labelling/types'
import { importDataset } from '@/lib/store/import-dataset'
import { labelsSince } from '@/lib/store/labelling/labels-since'
import { learningCurve, listLearnings, sampleOf, suggesting } from '@/lib/store/labelling/learnings'
import { readLabellingLog } from '@/lib/store/labelling/log'
import { ruleRequests } from '@/lib/store/labelling/rule-requests'
import { readSuggestions } from '@/lib/store/labelling/suggestions'
import { takeBack } from '@/lib/store/labelling/take-back'
import { writeBatch } from '@/lib/store/labelling/write-batch'
import { claim } from '@/lib/store/lease'
import { createReconstruction, requireReconstruction, type Reconstruction } from '@/lib/store/reconstructions'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { LEARN_EVERY, launchLearning, learnIfDue, labelsSinceLearning } from '../learnings'
import { closeQueue } from '../queue'
import { spawnChild } from '../spawn-child'
import { learnSuggestions } from './learn-suggestions'

// A real database and a real child process for each reconstruction: what is tested is what stands in the rows afterwards.

const FOLDER = 'datasets/sample'
const SHARED = (datasetId: string) => ({ datasetId, assignment: null })

let database: TestDatabase
let truth: TestData['truth']
let events: TestData['events']
let dataset = ''

beforeAll(async () => {
  database = await openTestDatabase()
  ;({ truth, events } = await shippedData('sample'))
  const log = { unpack: gunzipNative, [Symbol.asyncIterator]: () => createReadStream(`${FOLDER}/audit.jsonl.gz`)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> }
  dataset = (await importDataset(log, { name: 'unlabelled' })).dataset.id
}, 60_000)
afterAll(async () => {
  await closeQueue()
  await database.close()
})

/** Has a queued reconstruction carried out, as a worker would. */
async function carryOut(id: string): Promise<Reconstruction> {
  const hold = await claim('reconstructions', id, 'test', 120, null)
  const { output } = await spawnChild('reconstruct-child', [id, String(hold?.attempt)], { AUDITWEAVE_THREADS: '1' }).ended
  const ended = await requireReconstruction(id)
  expect(ended.state, output).not.toBe('running')
  return ended
}

const suggestAnew = async (): Promise<Reconstruction> => carryOut(await createReconstruction({ datasetId: dataset, method: 'linked', modelName: 'linked', options: { evidence: true } }))

/** What the truth says, as a person would label it. */
function changeOf(auditID: string): LabelChange {
  const { role, label, context } = truth.get(auditID) ?? { role: 'background' as const, label: null, context: null }
  return { auditID, act: { kind: 'label', role: role ?? 'background', label, context }, suggestion: null, seen: Number.MAX_SAFE_INTEGER }
}

async function label(auditIDs: readonly string[]): Promise<void> {
  const outcome = await writeBatch(dataset, { id: randomUUID(), kind: 'label', title: 'labels', assignment: null, changes: auditIDs.map(changeOf) }, 'ann')
  expect(outcome.state).toBe('written')
}

describe('suggestions', () => {
  it('come for every request, with a reason, from links, rules and the model, and are mostly right', async () => {
    const made = await suggestAnew()
    expect(made).toMatchObject({ state: 'done', error: null })
    expect((await suggesting(dataset))?.id).toBe(made.id)
    const [log, columns] = [await readLabellingLog(dataset), await readSuggestions(made)]
    const all = log.auditIDs.map((_, request) => suggestionAt(columns, request))
    expect(all.every((one) => one !== null && one.origin.reason.length > 3)).toBe(true)
    expect([...new Set(all.map((one) => one?.origin.source))]).toEqual(expect.arrayContaining(['rule', 'link']))
    const known = log.auditIDs.flatMap((auditID, request) => { const right = truth.get(auditID); return right ? [{ right, said: all[request] }] : [] })
    const right = known.filter(({ right: wanted, said }) => said && answerKey(said) === answerKey(wanted)).length
    expect(right / known.length).toBeGreaterThan(0.97)
    const linked = all.filter((one) => one?.origin.source === 'link' && one.role === 'consequence')
    expect(linked.length).toBeGreaterThan(100)
    expect(linked.every((one) => /^[a-z].* "(create|delete|deletecollection|patch|update|get|list) [^"]+" by /.test(one?.origin.reason ?? ''))).toBe(true)
    expect(columns.uncertainty.filter((one) => one >= 0).length).toBeGreaterThan(800)
  }, 120_000)
})

describe('rules', () => {
  it('show what they would take, take just that in one act, and give it back', async () => {
    const before = await ruleRequests(dataset)
    const previews = new Map(previewRules(before ?? []).map((one) => [one.id, one]))
    const rules = ['non-api', 'informer-watch', 'node-heartbeat'].flatMap((id) => labelRule(id) ?? [])
    expect(previews.get('non-api')?.takes).toBe(previews.get('non-api')?.meets)
    const changes = changesByRules(before ?? [], rules)
    const alone = rules.map(({ id }) => previews.get(id)?.takes ?? 0)
    expect(changes.length).toBeLessThanOrEqual(alone.reduce((sum, one) => sum + one, 0))
    expect(changes.length).toBeGreaterThanOrEqual(Math.max(...alone))
    expect(changes.length).toBeGreaterThan(10)
    const batch = ruleBatch(randomUUID(), changes, rules)
    await writeBatch(dataset, batch, 'ann')
    const after = (await labelsSince(SHARED(dataset), 0)).labels.filter(({ standing }) => standing === 'automatic')
    expect(after.map(({ auditID }) => auditID).sort()).toEqual(changes.map(({ auditID }) => auditID).sort())
    expect(changesByRules(await ruleRequests(dataset) ?? [], rules)).toEqual([])
    expect(previewRules(await ruleRequests(dataset) ?? [], rules as LabelRule[]).map((one) => [one.takes, one.automatic])).toEqual(rules.map(({ id }) => [0, previews.get(id)?.meets]))
    await takeBack(SHARED(dataset), { kind: 'undo', batch: batch.id, changed: 'refuse' }, 'ann')
    expect((await labelsSince(SHARED(dataset), 0)).labels.filter(({ standing }) => standing !== 'unlabelled')).toEqual([])
  }, 60_000)
})

describe('learning', () => {
  it('asks for some labels first', async () => {
    const working = { engine: await loadWasmEngine({ threads: 1 }), threads: 1, signal: new AbortController().signal, onProgress: () => undefined }
    await expect(learnSuggestions(dataset, new LinkedLines().table(), new EvidenceCollector(), working)).rejects.toMatchObject({ code: 'too-few-labels' })
  })

  it('learns from what people said, is judged by the held-back sample, and is due again after as many labels', async () => {
    const { auditIDs } = await readLabellingLog(dataset)
    const held = heldBack(auditIDs).map((request) => auditIDs[request] ?? '')
    const { size } = await sampleOf(dataset)
    expect(size).toBeGreaterThan(20)
    expect(size).toBeLessThanOrEqual(held.length)
    const api = new Set(events.filter((event) => isResourceEvent(event)).map(({ auditID }) => auditID))
    const isApi = (auditID: string): boolean => api.has(auditID) && truth.has(auditID)
    await label([...held.filter(isApi), ...auditIDs.filter((auditID) => isApi(auditID) && !held.includes(auditID)).slice(0, LEARN_EVERY)])
    expect(await sampleOf(dataset)).toEqual({ size, labelled: size })
    expect(await labelsSinceLearning(dataset)).toBe(size + LEARN_EVERY)
    const stood = await suggesting(dataset)
    const due = await learnIfDue(dataset)
    expect(await launchLearning(dataset)).toBe(due)
    const ended = await carryOut(due ?? '')
    expect(ended).toMatchObject({ state: 'done', error: null })
    const [point, ...further] = learningCurve(await listLearnings(dataset))
    expect(further).toEqual([])
    expect(point).toMatchObject({ id: ended.id, labels: LEARN_EVERY, held: size })
    expect(point?.accuracy).toBeGreaterThan(0.9)
    expect(point?.before).toBeGreaterThan(0.9)
    expect(point?.adopted).toBe((point?.accuracy ?? 0) >= (point?.before ?? 1))
    expect((await suggesting(dataset))?.id).toBe(point?.adopted ? ended.id : stood?.id)
    expect(await labelsSinceLearning(dataset)).toBe(0)
  }, 180_000)
})
