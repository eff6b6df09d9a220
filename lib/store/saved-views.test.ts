import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeView, createView, deleteView, listViews } from './saved-views'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(async () => database.close())

describe('saved views', () => {
  it('are saved, listed by name and room, renamed, overwritten, deleted and saved again', async () => {
    const best = await createView({ room: 'runs', name: 'best', state: 'sort=-windowPartsF1' })
    await createView({ room: 'runs', name: 'Any', state: '' })
    await createView({ room: 'compare', name: 'best', state: 'runs=a' })
    expect((await listViews('runs')).map((view) => view.name)).toEqual(['Any', 'best'])
    expect(await changeView(best.id, { name: 'best F1' })).toMatchObject({ name: 'best F1', state: 'sort=-windowPartsF1' })
    expect(await changeView(best.id, { state: 'q=1' })).toMatchObject({ name: 'best F1', state: 'q=1' })
    const gone = await deleteView(best.id)
    expect(gone).toMatchObject({ name: 'best F1', state: 'q=1' })
    expect((await listViews('runs')).map((view) => view.name)).toEqual(['Any'])
    expect(await createView(gone)).toMatchObject({ name: 'best F1', state: 'q=1' })
  })
  it('keep any state as it is', async () => {
    const state = `q=${encodeURIComponent(`'; DROP TABLE runs; -- <img onerror=x> \u202E`)}`
    await createView({ room: 'lines', name: 'hostile', state })
    expect((await listViews('lines'))[0]?.state).toBe(state)
  })
  it('have names of their own within a room', async () => {
    await expect(createView({ room: 'runs', name: 'Any', state: 'x' })).rejects.toMatchObject({ code: 'name-taken' })
    const other = await createView({ room: 'runs', name: 'other', state: '' })
    await expect(changeView(other.id, { name: 'Any' })).rejects.toMatchObject({ code: 'name-taken', message: 'There is a view called "Any" already. Choose another name, or overwrite that view.' })
    await expect(createView({ room: 'runs', name: '<b>', state: '' })).rejects.toMatchObject({ code: 'bad-name' })
    await expect(changeView('gone', { name: 'x' })).rejects.toMatchObject({ code: 'unknown-view' })
    await expect(deleteView('gone')).rejects.toMatchObject({ code: 'unknown-view' })
  })
})
