import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '@/lib/audit/source.node.ts'
import { readAudit } from '@/lib/audit/read'
import { QueriedLog, type AskableLog } from '@/lib/contexts/queried-log'
import type { AnswerBlock } from '@/lib/contexts/query-answers'
import { parseCompact } from '@/lib/export/compact'
import { parseQuery } from '@/lib/query'
import { deleteDataset } from '@/lib/store/datasets'
import { importDataset } from '@/lib/store/import-dataset'
import { projectRoot } from '@/lib/store/home'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { Asker } from './asker'
import type { AnswerFormat, Ask, AskedLog, RunAsk, Said } from './messages'

const SAMPLE = `${projectRoot()}/datasets/sample/audit.jsonl.gz`
const DELETES = 'verb == "delete" and count(resource == "pods") > 2'

let database: TestDatabase
let asking: Asker
let log: AskedLog
let wanted: AskableLog

beforeAll(async () => {
  database = await openTestDatabase()
  asking = new Asker()
  const { dataset } = await importDataset(openSource(SAMPLE), { name: 'asked' })
  log = { datasetId: dataset.id, reconstructionId: null }
  const reading = new QueriedLog()
  for await (const batch of readAudit(openSource(SAMPLE)).events) reading.add(batch)
  wanted = reading.finish()
})
afterAll(async () => {
  asking.end()
  await database.close()
})

const run = (text: string, more: Partial<RunAsk> = {}): RunAsk => ({ kind: 'run', log, of: 'contexts', text, nowIs: 'clock', from: 0, limit: 10_000, ...more })

async function all(ask: Ask, of = asking): Promise<Said[]> {
  const said: Said[] = []
  for await (const one of of.ask(ask)) said.push(one)
  return said
}

function only<K extends Said['kind']>(said: readonly Said[], kind: K): Extract<Said, { kind: K }>[] {
  return said.filter((one): one is Extract<Said, { kind: K }> => one.kind === kind)
}

const contextsOf = (said: readonly Said[]): unknown[] => only(said, 'answers').flatMap(({ block }) => block.context)

describe('a query', () => {
  it('is answered as the command line does: the plan first, then when, whom, who, and the end', async () => {
    const said = await all(run(DELETES))
    const kinds = said.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1])
    expect(kinds).toEqual(['loading', 'plan', 'histogram', 'facets', 'answers', 'end'])
    const answers = wanted.answer(parseQuery(DELETES))
    expect(answers.length).toBeGreaterThan(1)
    expect(contextsOf(said)).toEqual(answers.map(({ id }) => id))
    expect(only(said, 'plan')[0]).toMatchObject({ matched: answers.length, asked: 144, plan: { matched: answers.length } })
    expect(only(said, 'histogram')[0]?.histogram?.matched.reduce((sum, one) => sum + one, 0)).toBe(answers.length)
    expect(only(said, 'facets')[0]?.facets.find(({ path }) => path === 'verb')).toEqual({ path: 'verb', distinct: 1, values: [{ value: 'delete', count: answers.length }] })
    const { block } = only(said, 'answers')[0] as { block: AnswerBlock }
    expect(block.user).toEqual(answers.map(({ trigger }) => trigger.user))
    expect(block.events).toEqual(answers.map(({ events }) => events))
    expect(only(said, 'end')[0]).toMatchObject({ matched: answers.length, sent: answers.length, next: null, linked: 'now' })
  })

  it('finds the log there when it is asked again, everything where nothing is asked, and goes on where it left off', async () => {
    const said = await all(run('', { limit: 100 }))
    expect(only(said, 'loading')).toEqual([])
    expect(only(said, 'end')[0]).toMatchObject({ matched: 144, sent: 100, next: 100 })
    const rest = await all(run('', { from: 100, limit: 100 }))
    expect([...contextsOf(said), ...contextsOf(rest)]).toEqual(wanted.columns.found.contexts.map(({ id }) => id))
    expect(only(rest, 'histogram')).toEqual([])
  })

  it('reads paths of bodies when they are first named', async () => {
    const text = 'requestObject.metadata.labels.app == "cart" or exists(requestObject.spec.schedule)'
    const said = await all(run(text))
    expect(only(said, 'loading').some(({ phase }) => phase === 'columns')).toBe(true)
    expect(only(await all(run(text)), 'loading')).toEqual([])
  })

  it('is asked of lines too, and now may be the end of the log', async () => {
    const end = only(await all(run('requestTime >= now', { of: 'lines', nowIs: 'end' })), 'end')[0]
    expect(end?.matched).toBeGreaterThan(0)
    expect(only(await all(run('requestTime >= now', { of: 'lines' })), 'end')[0]?.matched).toBe(0)
  })

  it.each([
    ['verb = "delete"', 'query-syntax'], ['requestObjct.a == 1', 'query-field'], ['verb == regexp("(")', 'query-regexp'], [`${'('.repeat(200)}verb == "a"${')'.repeat(200)}`, 'query-limit'],
    ['__proto__.polluted == 1', 'query-field'], ['constructor == "a"', 'query-field'],
  ])('is refused before a log is read: %s', async (text, code) => {
    await expect(all(run(text, { log: { datasetId: 'none', reconstructionId: null } }))).rejects.toMatchObject({ code })
  })

  it('is refused of what is not there', async () => {
    await expect(all(run('', { log: { datasetId: 'none', reconstructionId: null } }))).rejects.toMatchObject({ code: 'unknown-dataset' })
    await expect(all(run('', { log: { ...log, reconstructionId: 'none' } }))).rejects.toMatchObject({ code: 'unknown-reconstruction' })
  })
})

describe('an editor is offered', () => {
  it('values seen at a path, commonest first, with how often', async () => {
    const [found] = only(await all({ kind: 'values', log, path: 'username', part: 'ali', limit: 5 }), 'values')
    expect(found?.values[0]?.value).toBe('alice')
    expect(found?.values[0]?.count).toBeGreaterThan(10)
    expect(only(await all({ kind: 'values', log, path: 'requestObject.never.asked', part: '', limit: 5 }), 'values')[0]?.values).toEqual([])
    expect(only(await all({ kind: 'values', log, path: 'verb) or exists(verb', part: '', limit: 5 }), 'values')[0]?.values).toEqual([])
  })

  it('the fields of the log', async () => {
    const [found] = only(await all({ kind: 'catalogue', log }), 'catalogue')
    expect(found?.catalogue.fields.length).toBeGreaterThan(100)
    const { values = {}, counts = {} } = found?.catalogue ?? {}
    expect(values['user.username']?.length).toBe(counts['user.username']?.length)
  })
})

describe('answers go to files', () => {
  const file = async (format: AnswerFormat): Promise<(string | Uint8Array)[]> => only(await all({ kind: 'export', log, of: 'contexts', text: DELETES, nowIs: 'clock', format }), 'piece').map(({ piece }) => piece)
  const text = async (format: AnswerFormat): Promise<string> => (await file(format)).join('')

  it('of each format, with the same contexts in them', async () => {
    const ids = wanted.answer(parseQuery(DELETES)).map(({ id }) => id)
    expect((await text('jsonl')).trim().split('\n').map((line) => (JSON.parse(line) as { context: string }).context)).toEqual(ids)
    expect((await text('csv')).trim().split('\r\n').slice(1).map((line) => line.split(',')[0])).toEqual(ids)
    expect(parseCompact(await text('compact')).contexts.map(({ id, members }) => [id, members.length])).toEqual(wanted.answer(parseQuery(DELETES)).map(({ id, events }) => [id, events]))
    const [bytes] = (await file('parquet')) as [Uint8Array]
    const rows = await parquetReadObjects({ file: bytes.slice().buffer })
    expect(rows.map(({ context }) => context)).toEqual(ids)
    expect(rows[0]?.requestReceivedTimestamp).toBeInstanceOf(Date)
  })
})

describe('the process', () => {
  it('stops what nobody waits for, and answers on', async () => {
    for await (const said of asking.ask(run(''))) if (said.kind === 'plan') break
    const gone = new AbortController()
    const answering = asking.ask(run(''), gone.signal)
    gone.abort()
    await expect(answering.next()).rejects.toMatchObject({ code: 'stopped' })
    expect(only(await all(run('')), 'end')).toHaveLength(1)
  })

  it('may be killed: the query fails with a next step, the next one is answered by another process', async () => {
    const before = asking.pid
    const answering = asking.ask(run(''))
    // Held still, so that it cannot have answered by the time it is killed.
    process.kill(before ?? 0, 'SIGSTOP')
    const failing = expect(all(run(DELETES))).rejects.toMatchObject({ code: 'asking-ended' })
    process.kill(before ?? 0, 'SIGKILL')
    await failing
    await expect(answering.next()).resolves.toMatchObject({ value: { kind: 'loading' } })
    expect(asking.pid).not.toBe(before)
    await answering.return(undefined)
  })

  it('ends when nobody has asked for a while', async () => {
    const brief = new Asker({ idleMs: 50 })
    await all(run('', { limit: 1 }), brief)
    expect(brief.pid).not.toBeNull()
    await expect.poll(() => brief.pid).toBeNull()
  })

  it('reads a data set that is another by now anew', async () => {
    const { dataset } = await importDataset(openSource(SAMPLE), { name: 'short-lived' })
    const asked = { datasetId: dataset.id, reconstructionId: null }
    await all(run('', { log: asked, limit: 1 }))
    await deleteDataset(dataset.id)
    await expect(all(run('', { log: asked, limit: 1 }))).rejects.toMatchObject({ code: 'unknown-dataset' })
  })
})
