import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measureAgreement } from '@/lib/labelling/agreement/measure'
import { sql } from '../database'
import { createSplit, deleteSplit, listSplits } from '../dataset-versions/splits'
import { newId } from '../ids'
import { openTestDatabase, type TestDatabase } from '../testing'
import { agreementOf } from './agreement'
import { assignmentRequests, createAssignment } from './assignments'
import { checksOf, checksVersion } from './checks'
import { reviewOf } from './review'
import { readSides, sidesVersion } from './sides'
import { act, datasetOf, write } from './testing'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const KINDS = ['pods', 'secrets', 'nodes']
const kindOf = (auditID: string): string => KINDS[Number(auditID.slice(1)) % 3] ?? ''

/** Forty requests labelled by ann, twenty of them again by bob, who errs on every fourth of his. */
async function labelledTwice(name: string): Promise<{ dataset: string; drawn: string[] }> {
  const dataset = await datasetOf(name, 40)
  await write(dataset, 'ann', Array.from({ length: 40 }, (_, i) => [`r${i}`, act(kindOf(`r${i}`), `c${i}`)]))
  const { id } = await createAssignment(dataset, { title: 'again', annotator: 'bob', sample: { method: 'random', seed: 1, size: { count: 20 }, from: 'labelled' } }, 'ann')
  const drawn = await assignmentRequests(id)
  await write(dataset, 'bob', drawn.map((auditID, i) => [auditID, act(i % 4 === 0 ? 'jobs' : kindOf(auditID))]), { assignment: id })
  return { dataset, drawn }
}

describe('agreement of a data set', () => {
  it('is that of its labels, and stays where one is decided', async () => {
    const { dataset, drawn } = await labelledTwice('agreement')
    const found = await agreementOf(dataset, {})
    expect(found.sides.map(({ key, rated, people }) => [key, rated, people])).toEqual([['shared', 40, true], ['by:bob', 20, true]])
    const rating = (resource: string) => ({ role: 'trigger' as const, label: { resource, subresource: '', verb: 'create', namespaced: true, single: true } })
    const want = await measureAgreement({ raters: ['shared', 'by:bob'], ratings: [drawn.map((id) => rating(kindOf(id))), drawn.map((id, i) => rating(i % 4 === 0 ? 'jobs' : kindOf(id)))] }, { seed: 1 })
    const values = ({ parts }: { parts: typeof want.parts }) => parts.map(({ part, units, percent, fleiss, alpha }) => [part, units, percent.value, fleiss.value, alpha.value])
    expect(values(found.people ?? want)).toEqual(values(want))
    expect(found.people?.parts[0]?.percent.value).toBe(0.75)
    expect(found.pair).toMatchObject({ a: 'shared', b: 'by:bob', matrix: { units: 20, agreed: 15 } })
    expect(found.pair?.lines).toHaveLength(5)
    await write(dataset, 'eve', [[drawn[0] ?? '', act('jobs')]], { kind: 'adjudicate' })
    expect((await agreementOf(dataset, {})).people).toEqual(found.people)
  })

  it('has nothing to say of one annotator', async () => {
    const dataset = await datasetOf('alone', 3)
    await write(dataset, 'ann', [['r0', act('pods')]])
    expect(await agreementOf(dataset, {})).toMatchObject({ people: null, pair: null })
    expect(await reviewOf(dataset, {})).toMatchObject({ pair: null, items: [] })
  })

  it('holds labels against a model and against rules too', async () => {
    const { dataset } = await labelledTwice('machines')
    const id = newId()
    await sql(`INSERT INTO reconstructions (id, dataset_id, method, model_name, state, finished_at) VALUES ($1, $2, 'linked', 'small', 'done', now())`, [id, dataset])
    const version = await sidesVersion(dataset)
    expect(version).toContain(id)
    await sql(
      `INSERT INTO reconstructed_lines (reconstruction_id, seq, audit_id, role, label, confidence, links, evidence) VALUES
       ($1, 0, 'r0', 'trigger', $2, 0.9, '[]', NULL), ($1, 1, 'r1', 'background', NULL, NULL, '[]', '{"rules": ["non-api"], "uncertainty": null, "others": []}')`,
      [id, JSON.stringify({ group: '', resource: 'nodes', subresource: '', verb: 'create', namespaced: true, single: true, code: 1 })],
    )
    const sides = await readSides(dataset)
    expect(sides.map(({ key, name, ratings }) => [key, name, ratings.size])).toEqual([['shared', 'Shared labels', 40], ['by:bob', 'bob, blind', 20], ['model', 'Model small', 2], ['rules', 'Background rules', 1]])
    const { items } = await reviewOf(dataset, { a: 'shared', b: 'rules' })
    expect(items).toMatchObject([{ request: { auditID: 'r1' }, b: { role: 'nonresource', by: 'non-api' }, now: { standing: 'labelled' }, settled: false }])
    expect((await reviewOf(dataset, { a: 'shared', b: 'model' })).items.map(({ request }) => request.auditID)).toEqual(['r0', 'r1'])
    expect((await agreementOf(dataset, {})).people?.raters.map(({ key }) => key)).toEqual(['shared', 'by:bob'])
  })
})

describe('the review', () => {
  it('has every disagreement with what stands, and knows the decided', async () => {
    const { dataset, drawn } = await labelledTwice('review')
    const wrong = drawn.filter((_, i) => i % 4 === 0)
    const before = await reviewOf(dataset, {})
    expect(before).toMatchObject({ common: 20, open: 5, settled: 0, pair: { a: 'shared', b: 'by:bob' } })
    expect(new Set(before.items.map(({ request }) => request.auditID))).toEqual(new Set(wrong))
    for (let i = 1; i < 5; i++) expect(before.items[i]?.request.receivedMicros).toBeGreaterThan(before.items[i - 1]?.request.receivedMicros ?? Infinity)
    const [first] = before.items
    await write(dataset, 'eve', [[first?.request.auditID ?? '', act('jobs'), first?.now.newest ?? 0]], { kind: 'adjudicate' })
    const after = await reviewOf(dataset, {})
    expect(after).toMatchObject({ open: 4, settled: 1 })
    expect(after.items.at(-1)).toMatchObject({ settled: true, a: { by: 'ann' }, b: { by: 'bob' }, now: { standing: 'reviewed', actor: 'eve', label: { resource: 'jobs' } } })
  })
})

describe('the checks', () => {
  it('find a planted contradiction, and change their version with the labels', async () => {
    const dataset = await datasetOf('checks', 12)
    const version = await checksVersion(dataset)
    await write(dataset, 'ann', [['r0', { kind: 'label', role: 'trigger', context: 'c', label: { group: '', resource: 'pods', verb: 'get', namespaced: false, single: false } }], ['r1', { kind: 'label', role: 'background', label: null, context: 'c' }]])
    expect(await checksVersion(dataset)).not.toBe(version)
    const report = await checksOf(dataset)
    expect(report).toMatchObject({ lines: 12, requests: 12, labelled: 2 })
    const found = Object.fromEntries(report.findings.filter(({ count }) => count > 0).map(({ check, places }) => [check, places.map(({ auditID }) => auditID)]))
    // the lines of this log name no object, as their requests do
    expect(found).toMatchObject({ 'background-in-context': ['r1'], 'not-own-action': ['r0'] })
  })

  it('find what a stored split tears apart, and leave a sound one alone', async () => {
    const dataset = await datasetOf('splits', 500)
    await write(dataset, 'ann', Array.from({ length: 500 }, (_, i) => [`r${i}`, act('pods', `c${Math.floor(i / 5)}`)]))
    const version = await checksVersion(dataset)
    await createSplit(dataset, { name: 'torn', spec: { protocol: 'random', seed: 1, validation: 0.2, test: 0.2 } }, 'ann')
    expect(await checksVersion(dataset)).not.toBe(version)
    const of = async (check: string) => (await checksOf(dataset)).findings.find((finding) => finding.check === check)
    const torn = await of('split-context')
    expect(torn?.count).toBeGreaterThan(20)
    expect(torn?.places[0]?.note).toMatch(/^torn: context c\d+ stands in (train|validation|test) and /)
    await deleteSplit(dataset, (await listSplits(dataset))[0]?.id ?? '')
    await createSplit(dataset, { name: 'apart', spec: { protocol: 'blocked', gap: 60, validation: 0.3, test: 0.3 } }, 'ann')
    expect([(await checksOf(dataset)).splits, (await of('split-window'))?.count]).toEqual([['apart'], 0])
  })
})
