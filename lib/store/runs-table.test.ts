import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wireRuns } from '@/components/runs/run-cells'
import { columnFacts } from '@/components/runs/column-facts'
import { textAt } from '@/components/columns/column'
import { fromWire } from '@/components/columns/wire'
import { sql } from './database'
import { runsForTable } from './runs-table'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await sql(`INSERT INTO datasets (id, name, source_name, state) VALUES ('d', 'lab', 'lab.jsonl', 'ready')`)
  await sql(`INSERT INTO runs (id, name, dataset_id, preset, protocol, seed, axes, params, state, started_at, finished_at, tags, metrics, timings, pinned) VALUES
    ('train', 'W = 20', 'd', 'k8ntext', 'blocked', 7, '{"window":20}', '{"window":20,"epochs":50,"lines":null,"split":{"test":0.2},"omitFeatures":[]}', 'done', now(), now(), '{a,b}', '{"lineMacroF1":0.5,"epochs":12,"testLines":100}', '{"trainSeconds":75.5}', true)`)
  await sql(`INSERT INTO runs (id, name, dataset_id, preset, protocol, seed, axes, params, state, started_at, finished_at, kind, points, note) VALUES
    ('one', 'timing', 'd', 'query-time', 'whole', 1, '{"query":"none"}', '{"kind":"measure","seed":1,"measure":{"measurement":"query-time","query":"none","repetitions":5}}', 'done', now(), now(), 'measure', '[{"axes":{},"measures":{"seconds":0.25}}]', 'quiet machine'),
    ('many', 'levels', 'd', 'level', 'whole', 1, '{}', '{"kind":"measure","seed":1,"measure":{"measurement":"level"}}', 'done', now(), now(), 'measure', '[{"axes":{"form":"a"},"measures":{"accuracy":0.4}},{"axes":{"form":"b"},"measures":{"accuracy":0.9}}]', '')`)
})
afterAll(async () => database.close())

describe('runs for their table', () => {
  it('come newest first, by ids too, with how many there are', async () => {
    const { rows, total } = await runsForTable()
    expect([rows.map((row) => row.id), total]).toEqual([['many', 'one', 'train'], 3])
    expect((await runsForTable({ limit: 1 })).rows.map((row) => row.id)).toEqual(['many'])
    expect((await runsForTable({ ids: ['one', 'gone', `'; --`] })).rows.map((row) => row.id)).toEqual(['one'])
  })
  it('become columns: settings, axes, figures, timings; a measurement with several points says them in short', async () => {
    const { ids, columns } = fromWire(wireRuns((await runsForTable()).rows), columnFacts)
    const at = (id: string, key: string): string | undefined => {
      const column = columns.get(key)
      return column && textAt(column, ids.indexOf(id))
    }
    const row = (id: string): Record<string, string | undefined> => Object.fromEntries(['kind', 'protocol', 'window', 'epochs', 'split.test', 'omitFeatures', 'query', 'lineMacroF1', 'trainSeconds', 'seconds', 'measured', 'tags', 'note', 'pinned'].map((key) => [key, at(id, key)]))
    expect(row('train')).toEqual({ kind: 'training', protocol: 'blocked', window: '20', epochs: '50', 'split.test': '0.2', omitFeatures: 'none', query: '–', lineMacroF1: '0.5000', trainSeconds: '1 min 16 s', seconds: '–', measured: '–', tags: 'a, b', note: '–', pinned: 'baseline' })
    expect(row('one')).toMatchObject({ kind: 'measurement', protocol: '–', query: 'none', lineMacroF1: '–', note: 'quiet machine', measured: '–', tags: '–' })
    expect(columns.get('seconds')?.kind).toBe('number')
    expect(row('many')).toMatchObject({ measured: 'accuracy 0.4 to 0.9 at 2 points', seconds: '–' })
    expect(columns.has('lines')).toBe(false)
    expect(columns.has('accuracy')).toBe(false)
  })
})
