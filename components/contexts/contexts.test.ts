import { describe, expect, it } from 'vitest'
import type { ColumnTable } from '@/components/columns/column'
import { contextId } from '@/lib/contexts/context-id'
import { openContexts } from './context-columns'
import { contextsInView, groupsInView } from './contexts-in-view'
import { contextsCodec, type ContextsState } from './contexts-state'
import type { ListedContext } from '@/lib/contexts/listed-context'
import { wireContexts } from './contexts-wire'
import { sentenceOf } from './sentence'

const BASE: ListedContext = {
  id: '', micros: 1_767_225_600_000_000, user: 'alice', verb: 'create', resource: 'deployments', subresource: null, namespace: 'shop', name: 'web', events: 3, lines: 4, firstMicros: 0, lastMicros: 1_500_000,
  label: { group: 'apps', resource: 'deployments', subresource: '', verb: 'create', namespaced: true, single: true, code: 1 }, lowest: 0.9, followed: '1 × create pods, 1 × create replicasets', command: null, corrected: null,
}
const rowsOf = (...changes: readonly Partial<ListedContext>[]): ListedContext[] => changes.map((change, index) => ({ ...BASE, id: contextId(String(index)), micros: 1_767_225_600_000_000 + index * 1_800_000_000, ...change }))
/** As it arrives: through JSON. */
const tableOf = (rows: readonly ListedContext[]): ColumnTable => openContexts(JSON.parse(JSON.stringify(wireContexts(rows, 1, rows.length))) as ReturnType<typeof wireContexts>)
const shown = (table: ColumnTable, q: string, more: Partial<ContextsState> = {}): number[] => [...contextsInView(table, { ...contextsCodec.read(new URLSearchParams()), q, ...more }).rows]

describe('the list of contexts', () => {
  const table = tableOf(rowsOf({}, { user: 'bob', verb: 'delete', resource: 'pods', subresource: 'exec', events: 1, followed: '' }, { user: 'alice', events: 40, namespace: null, lowest: null }, { verb: 'delete', command: 'cmd-1', corrected: { id: 'x', act: 'merge', by: 'ann', at: '', why: '' } }))

  it('is filtered by words and by expressions of a context', () => {
    expect(shown(table, 'user:alice events>=40')).toEqual([2])
    expect(shown(table, '-verb=delete')).toEqual([0, 2])
    expect(shown(table, 'exec')).toEqual([1])
    expect(shown(table, 'resource="pods/exec" ran<2')).toEqual([1])
    expect(shown(table, 'time>="2026-01-01T00:45Z" corrected:ann')).toEqual([3])
    expect(contextsInView(table, { q: 'nosuch>1', sort: [], brushes: [] }).problems).toEqual(['There is no column "nosuch".'])
  })

  it('is brushed, sorted and grouped, larger groups first and hours in order of time', () => {
    expect(shown(table, '', { brushes: [{ key: 'time', low: 1_767_225_600_000, high: 1_767_225_600_000 + 1_800_000 }] })).toEqual([0, 1])
    expect(shown(table, '', { sort: [{ id: 'events', desc: true }] })).toEqual([2, 0, 3, 1])
    const groups = (by: readonly string[]) => groupsInView(table, Int32Array.from([0, 1, 2, 3]), by).map(({ texts, rows }) => [texts.join(' '), rows.length])
    expect(groups(['user'])).toEqual([['alice', 3], ['bob', 1]])
    expect(groups(['hour'])).toEqual([['2026-01-01 00:00', 2], ['2026-01-01 01:00', 2]])
    expect(groups(['user', 'verb'])).toEqual([['alice create', 2], ['bob delete', 1], ['alice delete', 1]])
  })

  it('tells each in a sentence, and shows what hides or steers', () => {
    expect(sentenceOf(table, 0)).toBe('alice created deployment shop/web; 2 events followed: 1 × create pods, 1 × create replicasets.')
    expect(sentenceOf(table, 1)).toBe('bob deleted pod (exec) shop/web; nothing followed.')
    const hostile = tableOf(rowsOf({ user: 'a\u202Eb\u001B[31m', name: '<img src=x onerror=alert(1)>', followed: '1 × \u2066x' }))
    expect(sentenceOf(hostile, 0)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(shown(hostile, 'user:"<U+202E>"')).toEqual([0])
  })

  it('has its whole state in the address', () => {
    const state: ContextsState = { q: 'a, b \\', sort: [{ id: 'events', desc: true }, { id: 'user', desc: false }], group: ['user', 'hour'], open: true, columns: ['time', 'name'], brushes: [{ key: 'time', low: 1, high: 2 }], selected: ['ctx-1'] }
    expect(contextsCodec.read(new URLSearchParams(contextsCodec.write(state).toString()))).toEqual(state)
    expect(contextsCodec.write(contextsCodec.read(new URLSearchParams())).toString()).toBe('')
  })
})
