import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../testing'
import { acknowledgeAlert, alertLines, countOpenAlerts, listAlerts, raiseAlerts, type Match } from './alerts'
import { nextDue, noteNotSent, noteSent } from './deliveries'
import { addStarters, changeWatch, createWatch, listWatches, removeWatch, restoreWatch } from './watches'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const input = { name: 'deletes', description: '', query: 'verb == "delete"', severity: 'high' as const, enabled: true, notify: true }
const match = (watchId: string, contextId: string, changes: Partial<Match> = {}): Match => ({
  watchId, contextId, trigger: { auditID: 'a\u0000\ud800', user: 'ada', verb: 'delete', object: 'pods shop/web' }, events: 1, firstAt: 1000, lastAt: 2000, lines: [1, 2], posts: false, ...changes,
})

describe('watches', () => {
  it('have one name each, are changed in part, removed and brought back', async () => {
    const watch = await createWatch(input)
    await expect(createWatch(input)).rejects.toMatchObject({ code: 'name-taken' })
    expect(await changeWatch(watch.id, { enabled: false })).toMatchObject({ ...input, enabled: false })
    await removeWatch(watch.id)
    expect(await listWatches()).toEqual([])
    await expect(removeWatch(watch.id)).rejects.toMatchObject({ code: 'unknown-watch' })
    const other = await createWatch(input)
    await expect(restoreWatch(watch.id)).rejects.toMatchObject({ code: 'name-taken' })
    await changeWatch(other.id, { name: 'other' })
    expect(await restoreWatch(watch.id)).toMatchObject({ id: watch.id, enabled: false })
    await expect(changeWatch(other.id, { name: 'deletes' })).rejects.toMatchObject({ code: 'name-taken' })
  })

  it('of the starter set are added once', async () => {
    const starters = [{ name: 'exec', description: 'd', query: 'subresource == "exec"', severity: 'medium' as const, references: ['T1609'] }]
    expect(await addStarters(starters, { enabled: true })).toMatchObject([{ name: 'exec', source: 'starter', references: ['T1609'], enabled: true }])
    expect(await addStarters(starters, { enabled: true })).toEqual([])
  })
})

describe('alerts', () => {
  it('are raised once for a watch and a context, and grow', async () => {
    const { id } = await createWatch({ ...input, name: 'once' })
    expect(await raiseAlerts([match(id, 'c1'), match(id, 'c2')])).toHaveLength(2)
    expect(await raiseAlerts([match(id, 'c1', { events: 5, lastAt: 9000, lines: [1, 2, 3] }), match(id, 'c3')])).toMatchObject([{ contextId: 'c3', state: 'open', delivery: 'off' }])
    expect((await listAlerts({ contextId: 'c1' })).map(({ events, lastAt, trigger }) => [events, lastAt, trigger.auditID])).toEqual([[5, '1970-01-01T00:00:09.000Z', 'a��']])
    expect(await alertLines('c1')).toEqual([1, 2, 3])
    await removeWatch(id)
    expect(await raiseAlerts([match(id, 'c4')])).toEqual([])
  })

  it('are acknowledged, and that is taken back', async () => {
    const { id } = await createWatch({ ...input, name: 'acknowledged' })
    const [alert] = await raiseAlerts([match(id, 'c1')])
    const open = await countOpenAlerts()
    expect(await acknowledgeAlert(alert?.id ?? '', { by: 'ada', state: 'acknowledged' })).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'ada' })
    expect(await acknowledgeAlert(alert?.id ?? '', { by: 'bob', state: 'acknowledged' })).toMatchObject({ acknowledgedBy: 'ada' })
    expect(await countOpenAlerts()).toBe(open - 1)
    expect(await acknowledgeAlert(alert?.id ?? '', { by: 'bob', state: 'open' })).toMatchObject({ state: 'open', acknowledgedBy: null, acknowledgedAt: null })
    await expect(acknowledgeAlert('none', { by: 'ada', state: 'open' })).rejects.toMatchObject({ code: 'unknown-alert' })
  })

  it('wait to be posted until their time, and are given up or sent', async () => {
    const { id } = await createWatch({ ...input, name: 'posted' })
    await raiseAlerts([match(id, 'c1', { posts: true })])
    const due = await nextDue()
    expect(due).toMatchObject({ attempts: 0, alert: { delivery: 'pending' } })
    await noteNotSent(due?.alert.id ?? '', { error: 'refused', again: 60 })
    expect(await nextDue()).toBeNull()
    await noteNotSent(due?.alert.id ?? '', { error: 'refused', again: 0 })
    expect(await nextDue()).toMatchObject({ attempts: 2, alert: { deliveryError: 'refused' } })
    await noteSent(due?.alert.id ?? '')
    expect(await nextDue()).toBeNull()
    expect((await listAlerts({ contextId: 'c1' }))[0]).toMatchObject({ delivery: 'sent', deliveryError: null })
  })
})
