import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importMarkdown } from '@/lib/notebook/import-markdown'
import { exportMarkdown } from '@/lib/notebook/export/markdown'
import { planRun } from '@/lib/notebook/dependencies'
import { isRunnable } from '@/lib/notebook/cell'
import { presentSources, runCell } from '@/lib/notebook/run/run-cell'
import { staleness } from '@/lib/notebook/staleness'
import type { CellResult } from '@/lib/notebook/result'
import { sql } from './database'
import { addExampleNotebooks, listExampleNotebooks } from './example-notebooks'
import { importDataset } from './import-dataset'
import { openSource } from '@/lib/audit/source.node.ts'
import { notebookSources } from './notebook-sources'
import { createNotebook, deleteNotebook, getNotebook, listNotebooks, requireNotebook, saveNotebook, saveResult, shareNotebook, sharedNotebook, withdrawNotebook } from './notebooks'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const { document } = importMarkdown('# T\n\nText\n\n```query id=q dataset=sample\nverb == "delete"\n```\n\n```context id=k from=q pick=largest\n```\n')
const result = (message: string): CellResult => ({ output: null, error: { code: 'x', message }, made: { content: 'c', dataset: null, model: null, runs: null, from: {} }, ranAt: '2026-11-23T10:00:00.000Z', seconds: 1 })

describe('notebooks', () => {
  it('come back as they were stored', async () => {
    const { id } = await createNotebook({ title: 'A \u0000 B', document })
    expect(await getNotebook(id)).toMatchObject({ title: 'A \uFFFD B', revision: 1, document, results: {}, shareToken: null, shared: false })
    expect((await listNotebooks()).find((one) => one.id === id)).toMatchObject({ cells: 3 })
    await deleteNotebook(id)
    await expect(requireNotebook(id)).rejects.toMatchObject({ code: 'unknown-notebook' })
  })

  it('refuse a save over one that was not read, however many come at once', async () => {
    const { id } = await createNotebook({ title: 'A', document })
    const tries = await Promise.allSettled(['B', 'C', 'D'].map((title) => saveNotebook(id, { title, document, revision: 1 })))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(tries.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'stale-notebook' })
    expect((await requireNotebook(id)).revision).toBe(2)
    await expect(saveNotebook('nothing', { title: 'B', document, revision: 1 })).rejects.toMatchObject({ code: 'unknown-notebook' })
  })

  it('refuse what is no notebook', async () => {
    const cells = [...document.cells, ...document.cells]
    await expect(createNotebook({ title: 'A', document: { ...document, cells } })).rejects.toMatchObject({ code: 'bad-notebook', message: expect.stringContaining('same id') as unknown })
  })

  it('keep results of cells that run at the same time, and let go of those whose cells are gone', async () => {
    const { id } = await createNotebook({ title: 'A', document })
    await Promise.all([saveResult(id, 'q', result('one')), saveResult(id, 'k', result('two'))])
    expect(Object.keys((await requireNotebook(id)).results).sort()).toEqual(['k', 'q'])
    expect((await requireNotebook(id)).revision).toBe(1)
    await saveNotebook(id, { title: 'A', document: { ...document, cells: document.cells.filter((cell) => cell.id !== 'k') }, revision: 1 })
    await saveResult(id, 'q', result('three'))
    expect((await requireNotebook(id)).results).toEqual({ q: result('three') })
    await expect(saveResult('nothing', 'q', result('x'))).rejects.toMatchObject({ code: 'unknown-notebook' })
  })

  it('are shared by an address that cannot be guessed, until it is withdrawn for good', async () => {
    const { id } = await createNotebook({ title: 'A', document })
    const token = await shareNotebook(id)
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await shareNotebook(id)).toBe(token)
    expect((await sharedNotebook(token))?.id).toBe(id)
    expect(await sharedNotebook(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
    await withdrawNotebook(id)
    expect(await sharedNotebook(token)).toBeNull()
    expect(await shareNotebook(id)).not.toBe(token)
  })
})

describe('the notebooks that ship', () => {
  it('are three, of cells that can all run and of text that comes back', async () => {
    const examples = await listExampleNotebooks()
    expect(examples.map((example) => example.title)).toEqual(['An incident, from alert to context', 'Reproducing the paper', 'Why .98 is .68, and what lifts it'])
    for (const { text, name } of examples) {
      const read = importMarkdown(text)
      expect(read.notes, name).toEqual([])
      expect(exportMarkdown(read.title, read.document)).toBe(text)
      expect([...planRun(read.document.cells).faults], name).toEqual([])
    }
  })

  it('are added once', async () => {
    expect(await addExampleNotebooks()).toHaveLength(3)
    expect(await addExampleNotebooks()).toEqual([])
    expect((await listNotebooks()).filter((one) => one.example !== null)).toHaveLength(3)
  })

  it('run: the incident, on the data set that ships', async () => {
    await importDataset(openSourceOf('incidents-a'), { name: 'incidents-a' })
    const [row] = await sql<{ id: string }>(`SELECT id FROM notebooks WHERE example = 'incident'`)
    const { id, document } = await requireNotebook(row?.id ?? '')
    const sources = notebookSources()
    for (const cellId of planRun(document.cells).order) {
      const { results } = await requireNotebook(id)
      const cell = document.cells.find((one) => one.id === cellId)
      if (cell && isRunnable(cell)) await saveResult(id, cellId, await runCell(document.cells, cell, results, sources))
    }
    const { results } = await requireNotebook(id)
    expect(Object.entries(results).flatMap(([cell, one]) => (one.error ? [`${cell}: ${one.error.message}`] : []))).toEqual([])
    expect([...staleness(document.cells, results, await presentSources(document.cells, sources))]).toEqual([])
    expect(results.account?.output).toMatchObject({ total: 4 })
    expect(Object.values(results).map((one) => one.output?.kind).sort()).toEqual(['answer', 'answer', 'answer', 'answer', 'answer', 'answer', 'context', 'plot'])
  })
})

function openSourceOf(name: string): ReturnType<typeof openSource> {
  return openSource(fileURLToPath(new URL(`../../datasets/${name}/audit.jsonl.gz`, import.meta.url)))
}
