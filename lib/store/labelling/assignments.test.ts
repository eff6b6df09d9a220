import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../database'
import { deleteDataset } from '../datasets'
import { openTestDatabase, type TestDatabase } from '../testing'
import { assignmentRequests, createAssignment, listAssignments, requireAssignment, requireInSample, setAssignmentState } from './assignments'
import type { NewAssignment } from './assignment-types'
import { blindRatings, newestLabelEvent, sharedRatings } from './ratings'
import { listStacks } from './stacks'
import { takeBack } from './take-back'
import { act, datasetOf, standing, write } from './testing'

let database: TestDatabase
let dataset: string
let made = 0
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())
beforeEach(async () => { dataset = await datasetOf(`second-${made++}`, 30) })

const plan = (more: Partial<NewAssignment['sample']> = {}, annotator = 'bob'): NewAssignment => ({ title: 'Second look', annotator, sample: { method: 'random', seed: 7, size: { count: 5 }, from: 'labelled', ...more } })
const labelAll = (actor: string, from: number, to: number): Promise<unknown> => write(dataset, actor, Array.from({ length: to - from }, (_, i) => [`r${from + i}`, act(i % 10 === 0 ? 'secrets' : 'pods', `c${from + i}`)]))
const bob = { name: 'bob', role: 'annotator' } as const

describe('an assignment', () => {
  it('draws from what others have labelled, the same for a seed', async () => {
    await labelAll('ann', 0, 10)
    await labelAll('bob', 10, 20)
    const first = await createAssignment(dataset, plan(), 'ann')
    const drawn = await assignmentRequests(first.id)
    expect(first).toMatchObject({ annotator: 'bob', state: 'open', requests: 5, labelled: 0, createdBy: 'ann', sample: plan().sample })
    expect(new Set(drawn).size).toBe(5)
    for (const id of drawn) expect(Number(id.slice(1))).toBeLessThan(10)
    expect(await assignmentRequests((await createAssignment(dataset, plan(), 'ann')).id)).toEqual(drawn)
    expect(await assignmentRequests((await createAssignment(dataset, plan({ seed: 8 }), 'ann')).id)).not.toEqual(drawn)
    const all = await createAssignment(dataset, plan({ from: 'all', size: { share: 1 } }), 'ann')
    expect((await assignmentRequests(all.id)).length).toBe(20)
  })

  it('has every class of label where it is stratified', async () => {
    await labelAll('ann', 0, 30)
    const { id } = await createAssignment(dataset, plan({ method: 'stratified' }), 'ann')
    const drawn = (await assignmentRequests(id)).map((auditID) => Number(auditID.slice(1)) % 10 === 0)
    expect(new Set(drawn)).toEqual(new Set([true, false]))
  })

  it('is refused where there is nothing to draw from', async () => {
    await expect(createAssignment(dataset, plan(), 'ann')).rejects.toMatchObject({ code: 'no-requests' })
    expect(await listAssignments(dataset)).toEqual([])
  })

  it('is written by its annotator alone, while it is open, and within its sample', async () => {
    await labelAll('ann', 0, 10)
    const { id } = await createAssignment(dataset, plan(), 'ann')
    const [one = ''] = await assignmentRequests(id)
    const outside = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6'].find((auditID) => ![one].includes(auditID)) ?? ''
    expect((await requireAssignment(dataset, id, bob, 'write')).id).toBe(id)
    await expect(requireAssignment(dataset, id, { name: 'ann', role: 'owner' }, 'write')).rejects.toMatchObject({ code: 'not-assigned' })
    expect((await requireAssignment(dataset, id, { name: 'ann', role: 'reviewer' }, 'read')).id).toBe(id)
    await expect(requireAssignment(dataset, id, { name: 'eve', role: 'annotator' }, 'read')).rejects.toMatchObject({ code: 'not-assigned' })
    await expect(requireAssignment('other', id, bob, 'write')).rejects.toMatchObject({ code: 'unknown-assignment' })
    await requireInSample(id, [one])
    await expect(requireInSample(id, [one, outside === one ? 'r9' : 'r29'])).rejects.toMatchObject({ code: 'not-assigned' })
    expect(await setAssignmentState(dataset, id, 'closed')).toMatchObject({ state: 'closed', closedAt: expect.any(String) })
    await expect(requireAssignment(dataset, id, bob, 'write')).rejects.toMatchObject({ code: 'wrong-state' })
    expect(await setAssignmentState(dataset, id, 'open')).toMatchObject({ state: 'open', closedAt: null })
  })

  it('keeps what is said under it apart from the shared labels, and counts it', async () => {
    await labelAll('ann', 0, 10)
    const { id } = await createAssignment(dataset, plan(), 'ann')
    const [one = '', two = '', three = ''] = await assignmentRequests(id)
    const before = await standing(dataset)
    await write(dataset, 'bob', [[one, act('nodes')], [two, act('pods')], [three, { kind: 'skip' }]], { assignment: id })
    expect(await standing(dataset)).toEqual(before)
    expect((await listAssignments(dataset))[0]).toMatchObject({ labelled: 2, skipped: 1 })
    expect((await blindRatings(dataset)).get('bob')?.map(({ auditID, label, by }) => [auditID, label?.resource, by])).toEqual([[one, 'nodes', 'bob'], [two, 'pods', 'bob']].sort())
    await write(dataset, 'bob', [[one, { kind: 'clear' }]], { assignment: id })
    expect((await blindRatings(dataset)).get('bob')?.map(({ auditID }) => auditID)).toEqual([two])
  })

  it('goes with its data set', async () => {
    await labelAll('ann', 0, 10)
    const { id } = await createAssignment(dataset, plan(), 'ann')
    await write(dataset, 'bob', [[(await assignmentRequests(id))[0] ?? '', act('nodes')]], { assignment: id })
    await deleteDataset(dataset)
    expect(await sql('SELECT FROM assignments WHERE id = $1 UNION ALL SELECT FROM assignment_requests WHERE assignment_id = $1', [id])).toEqual([])
  })
})

describe('ratings', () => {
  it('are what stood before anybody decided between them, whatever is undone', async () => {
    await write(dataset, 'ann', [['r0', act('pods')], ['r1', act('pods')]])
    await write(dataset, 'eve', [['r0', act('nodes')]], { kind: 'adjudicate' })
    const shared = async () => (await sharedRatings(dataset)).map(({ auditID, label, by, standing: how }) => [auditID, label?.resource, by, how])
    const want = [['r0', 'pods', 'ann', 'labelled'], ['r1', 'pods', 'ann', 'labelled']]
    expect(await shared()).toEqual(want)
    // a mark after it carries the adjudicated label on
    await write(dataset, 'ann', [['r0', { kind: 'flag' }]])
    expect(await shared()).toEqual(want)
    expect((await standing(dataset))['r0']).toMatchObject({ 0: 'reviewed', 2: 'nodes', 5: true })
    const scope = { datasetId: dataset, assignment: null }
    await takeBack(scope, { kind: 'undo', batch: (await listStacks(scope, 'eve')).undo[0]?.id ?? '' }, 'eve')
    expect((await standing(dataset))['r0']).toMatchObject({ 0: 'labelled', 2: 'pods' })
    expect(await shared()).toEqual(want)
    await write(dataset, 'ann', [['r1', act('secrets')]])
    expect((await shared())[1]).toEqual(['r1', 'secrets', 'ann', 'labelled'])
  })

  it('change with every act, and the newest act tells', async () => {
    const before = await newestLabelEvent(dataset)
    await write(dataset, 'ann', [['r0', act('pods')]])
    expect(await newestLabelEvent(dataset)).toBeGreaterThan(before)
  })
})
