import { describe, expect, it } from 'vitest'
import { cellStates, editNotebook, openEditor, type EditorAction, type EditorState } from './editor-state'
import { importMarkdown } from './import-markdown'
import type { CellResult } from './result'
import { contentFingerprint } from './staleness'

const { title, document } = importMarkdown('# T\n\nText\n\n```query id=q dataset=a\nverb == "get"\n```\n\n```chart id=c from=q x=verb y=count by=none\n```\n')
const open = (): EditorState => openEditor({ title, document, revision: 3, results: {}, present: {} })
const after = (state: EditorState, ...actions: EditorAction[]): EditorState => actions.reduce(editNotebook, state)
const ids = (state: EditorState): string[] => state.content.document.cells.map((cell) => cell.id)
const done = (state: EditorState, id: string): CellResult => {
  const cell = state.content.document.cells.find((one) => one.id === id)
  if (!cell) throw new Error('no cell')
  return { output: { kind: 'comparison', runs: [], more: 0, rows: [], lines: [] }, error: null, made: { content: contentFingerprint(cell), dataset: null, model: null, runs: null, from: {} }, ranAt: '2026-11-23T10:00:00Z', seconds: 1 }
}

describe('an open notebook', () => {
  it('is never changed in place', () => {
    const before = open()
    const copy = JSON.stringify(before)
    after(before, { type: 'insert', kind: 'query', at: 1, dataset: 'a' }, { type: 'move', id: 'q', by: -1 }, { type: 'remove', id: 'c' }, { type: 'rename', title: 'U' }, { type: 'undo' })
    expect(JSON.stringify(before)).toBe(copy)
  })

  it('inserts, moves, deletes, and takes each back', () => {
    const changed = after(open(), { type: 'insert', kind: 'query', at: 0, dataset: 'a' }, { type: 'leave' }, { type: 'move', id: 'q', by: -1 }, { type: 'remove', id: 'c1' })
    expect(ids(changed)).toEqual(['c2', 'q', 'c'])
    const back = after(changed, { type: 'undo' })
    expect([ids(back), back.selected]).toEqual([['c2', 'q', 'c1', 'c'], 'c1'])
    const all = after(back, { type: 'undo' }, { type: 'undo' }, { type: 'undo' })
    expect(all.content).toEqual(open().content)
    expect(ids(after(all, { type: 'redo' }, { type: 'redo' }, { type: 'redo' }))).toEqual(['c2', 'q', 'c'])
  })

  it('undoes typing as one, and apart in two cells', () => {
    const cell = open().content.document.cells[0]
    if (cell?.kind !== 'markdown') throw new Error('no text')
    const typed = after(open(), { type: 'edit', id: 'c1' }, { type: 'change', cell: { ...cell, text: 'a' } }, { type: 'change', cell: { ...cell, text: 'ab' } }, { type: 'leave' }, { type: 'edit', id: 'c1' }, { type: 'change', cell: { ...cell, text: 'abc' } })
    expect(after(typed, { type: 'undo' }).content.document.cells[0]?.text).toBe('ab')
    expect(after(typed, { type: 'undo' }, { type: 'undo' }).content.document.cells[0]?.text).toBe('Text')
  })

  it('tells how each cell stands', () => {
    const state = after(open(), { type: 'queue', ids: ['q', 'c'] }, { type: 'started', id: 'q' })
    expect([...cellStates(state)]).toEqual([['c1', 'idle'], ['q', 'running'], ['c', 'queued']])
    const ran = after(state, { type: 'finished', id: 'q', result: done(state, 'q') }, { type: 'finished', id: 'c', result: { ...done(state, 'c'), output: null, error: { code: 'x', message: 'y' } } })
    expect([...cellStates(ran)]).toEqual([['c1', 'idle'], ['q', 'done'], ['c', 'failed']])
    const query = ran.content.document.cells[1]
    if (query?.kind !== 'query') throw new Error('no query')
    expect([...cellStates(after(ran, { type: 'change', cell: { ...query, text: 'verb == "list"' } }))]).toEqual([['c1', 'idle'], ['q', 'stale'], ['c', 'stale']])
  })

  it('is saved only if nothing was changed meanwhile, and asks before it overwrites', () => {
    const changed = after(open(), { type: 'rename', title: 'U' })
    expect(changed.save.kind).toBe('changed')
    const sent = after(changed, { type: 'saving' })
    expect(after(sent, { type: 'saved', revision: 4, content: sent.content })).toMatchObject({ revision: 4, save: { kind: 'saved' } })
    expect(after(sent, { type: 'rename', title: 'V' }, { type: 'saved', revision: 4, content: sent.content }).save.kind).toBe('changed')
    const conflict = after(sent, { type: 'save-failed', save: { kind: 'conflict', message: 'm' } })
    expect(after(conflict, { type: 'rename', title: 'W' }).save.kind).toBe('conflict')
  })
})
