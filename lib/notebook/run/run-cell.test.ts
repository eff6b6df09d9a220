import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { isRunnable, type Cell, type NotebookDocument } from '../cell'
import { exportHtml } from '../export/html'
import { exportIpynb } from '../export/ipynb'
import { exportMarkdownResults } from '../export/markdown-results'
import { printDrawing } from '../export/print-drawing.node.ts'
import { importMarkdown } from '../import-markdown'
import { planRun } from '../dependencies'
import type { CellResult, Results } from '../result'
import { staleness } from '../staleness'
import { madeRun, memorySources } from '../testing/memory-sources'
import { presentSources, runCell } from './run-cell'
import type { NotebookSources } from './sources'

const NOTEBOOK = `# Case

## What was deleted

\`\`\`query id=writes dataset=sample view=timeline
verb in (create, delete) and code < 300
\`\`\`

\`\`\`chart id=users from=writes x=user y=count by=none
By user
\`\`\`

\`\`\`context id=big from=writes pick=largest
\`\`\`

\`\`\`experiment id=sweep experiment=window-size items=f1,findings,table-5,notes,runs
\`\`\`

\`\`\`chart id=curve from=sweep
\`\`\`

\`\`\`comparison id=table from=sweep measures=windowPartsF1,lineAccuracy
\`\`\`
`
const RUNS = [madeRun(1, 5, 'paper', 0.8), madeRun(2, 5, 'paper', 0.85), madeRun(3, 10, 'paper', 0.9), madeRun(4, 5, 'blocked', 0.7)]

let events: AuditEvent[] = []
beforeAll(async () => {
  for await (const batch of readAudit(openSource(fileURLToPath(new URL('../../../datasets/sample/audit.jsonl.gz', import.meta.url)))).events) events.push(...batch)
})

async function runAll(document: NotebookDocument, sources: NotebookSources, clock: () => number): Promise<Results> {
  let results: Results = {}
  for (const id of planRun(document.cells).order) {
    const cell = document.cells.find((one) => one.id === id)
    if (cell && isRunnable(cell)) results = { ...results, [id]: await runCell(document.cells, cell, results, sources, clock) }
  }
  return results
}

const run = (cell: Cell, sources: NotebookSources, cells: readonly Cell[] = [cell], results: Results = {}): Promise<CellResult> => {
  if (!isRunnable(cell)) throw new Error('not runnable')
  return runCell(cells, cell, results, sources)
}
const query = (text: string, more: Partial<Extract<Cell, { kind: 'query' }>> = {}): Cell => ({ kind: 'query', id: 'q', dataset: 'sample', of: 'contexts', view: 'table', limit: 20, text, ...more })

describe('running a notebook', () => {
  it('gives the same bytes but for times when it is run twice on the same versions', async () => {
    const { title, document } = importMarkdown(NOTEBOOK)
    const files = async (began: number): Promise<readonly string[]> => {
      let now = began
      const sources = memorySources(events, RUNS)
      const results = await runAll(document, sources, () => (now += 137))
      const present = await presentSources(document.cells, sources)
      const written = [exportHtml({ title, document, results, present, updatedAt: '2026-11-23T10:00:00Z', draw: printDrawing() }), exportIpynb(title, document, results, printDrawing()), exportMarkdownResults(title, document, results), JSON.stringify(results)]
      return written.map((text) => text.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| UTC), \d+ ms/g, 'TIME').replace(/"ranAt": ?"[^"]+"/g, 'TIME'))
    }
    const [first, second] = [await files(1_790_000_000_000), await files(1_795_000_000_000)]
    expect(second).toEqual(first)
    expect(first.every((text) => text.includes('TIME'))).toBe(true)
    expect(first[0]).toMatch(/<svg[^>]*viewBox/)
  })

  it('fills every cell, and none is stale', async () => {
    const { document } = importMarkdown(NOTEBOOK)
    const sources = memorySources(events, RUNS)
    const results = await runAll(document, sources, Date.now)
    expect(Object.fromEntries(Object.entries(results).map(([id, result]) => [id, result.output?.kind ?? result.error?.message]))).toEqual({ writes: 'answer', users: 'plot', big: 'context', sweep: 'launch', curve: 'plot', table: 'comparison' })
    expect(staleness(document.cells, results, await presentSources(document.cells, sources)).size).toBe(0)
    expect(results.curve?.output).toMatchObject({ x: 'Window (lines)', body: { kind: 'lines', series: [
      { title: 'paper protocol', published: false, points: [{ x: 5, mean: 0.825, values: [{ value: 0.8, run: 'run1' }, { value: 0.85 }] }, { x: 10, mean: 0.9, deviation: null }] },
      { title: 'blocked protocol', points: [{ x: 5, mean: 0.7, deviation: null }] },
      { published: true, points: [{ x: 5, mean: 0.8103, deviation: 0.024, values: [] }, { x: 10, mean: 0.9267 }, {}, {}, {}, {}, {}] },
    ] } })
    const answer = results.writes?.output
    const context = results.big?.output
    if (answer?.kind !== 'answer' || context?.kind !== 'context') throw new Error('no answer')
    expect(context.id).toBe(answer.largest?.id)
    expect(context.total).toBe(answer.largest?.events)
    expect(context.members.find((member) => member.role === 'trigger')?.auditID).toBe(context.auditID)
    expect(context.members.filter((member) => member.role === 'consequence').every((member) => member.why.length > 0)).toBe(true)
  })

  it('says what is stale, and what follows from that', async () => {
    const { document } = importMarkdown(NOTEBOOK)
    const results = await runAll(document, memorySources(events, RUNS), Date.now)
    const reasons = async (cells: readonly Cell[], sources: NotebookSources): Promise<Record<string, readonly string[]>> => Object.fromEntries(staleness(cells, results, await presentSources(cells, sources)))
    expect(await reasons(document.cells, memorySources(events, RUNS, 2))).toEqual({ writes: ['sample is at version 2, was 1'], users: ['writes is stale'], big: ['sample is at version 2, was 1', 'writes is stale'] })
    expect(await reasons(document.cells, memorySources(events, [...RUNS, madeRun(5, 20, 'paper', 0.95)]))).toEqual({ sweep: ['there are 5 runs, were 4'], curve: ['there are 5 runs, were 4', 'sweep is stale'], table: ['there are 5 runs, were 4', 'sweep is stale'] })
    const edited = document.cells.map((cell) => (cell.id === 'writes' ? { ...cell, text: 'verb == "get"' } : cell))
    expect(await reasons(edited, memorySources(events, RUNS))).toEqual({ writes: ['the cell was changed'], users: ['writes is stale'], big: ['writes is stale'] })
  })

  it('is not made stale by how an answer is shown', async () => {
    const { document } = importMarkdown(NOTEBOOK)
    const sources = memorySources(events, RUNS)
    const results = await runAll(document, sources, Date.now)
    const shown = document.cells.map((cell) => (cell.kind === 'query' ? { ...cell, view: 'chart' as const, limit: 3 } : cell.kind === 'comparison' ? { ...cell, text: 'A caption' } : cell))
    expect(staleness(shown, results, await presentSources(shown, sources)).size).toBe(0)
  })

  it('answers as the truth of events and contexts has it', async () => {
    const sources = memorySources(events)
    const deletes = await run(query('verb == "delete"', { of: 'events' }), sources)
    expect(deletes.output).toMatchObject({ total: events.filter((event) => event.verb === 'delete').length })
    const consequences = await run(query('role == "consequence" and verb == "patch"', { of: 'events' }), sources)
    if (consequences.output?.kind !== 'answer') throw new Error(consequences.error?.message)
    expect(consequences.output.total).toBeGreaterThan(10)
    expect(new Set(consequences.output.rows.map((row) => row.role))).toEqual(new Set(['consequence']))
    const large = await run(query('context.events > 20'), sources)
    if (large.output?.kind !== 'answer') throw new Error(large.error?.message)
    expect(large.output.rows.length).toBeGreaterThan(0)
    expect(large.output.rows.every((row) => (row.events ?? 0) > 20)).toBe(true)
  })

  it('asks members of contexts, in contexts and over lines', async () => {
    const sources = memorySources(events)
    const { contexts } = await sources.linked(await sources.dataset('sample'))
    const pods = new Map<string, number>()
    for (const event of new Map(events.map((one) => [one.auditID, one])).values()) if (event.objectRef?.resource === 'pods') pods.set(event.auditID, 1)
    const busy = contexts.filter((context) => context.members.filter((id) => pods.has(id)).length > 3)
    const counted = await run(query('count(resource == "pods") > 3'), sources)
    if (counted.output?.kind !== 'answer') throw new Error(counted.error?.message)
    expect(busy.length).toBeGreaterThan(0)
    expect(counted.output.rows.map((row) => row.id).sort()).toEqual(busy.map((context) => context.id).sort().slice(0, 200))
    const lines = await run(query('verb == "delete" and context.events > 20', { of: 'events' }), sources)
    if (lines.output?.kind !== 'answer') throw new Error(lines.error?.message)
    const inLarge = new Set(contexts.filter((context) => context.events > 20).flatMap((context) => context.members))
    expect(lines.output.total).toBe(events.filter((event) => event.verb === 'delete' && inLarge.has(event.auditID)).length)
  })

  it.each<[string, Cell, string, RegExp]>([
    ['a query that is none', query('verb == '), 'bad-query', /unexpected end of the query at line 1/],
    ['an empty query', query(' '), 'bad-query', /empty/],
    ['a data set that is not here', query('verb == "get"', { dataset: 'gone' }), 'unknown-dataset', /gone/],
    ['a cell that is not here', { kind: 'context', id: 'k', text: '', from: 'q', pick: 'first' }, 'bad-source', /There is no cell "q"/],
    ['a launch that is gone', { kind: 'experiment', id: 'e', text: '', experiment: 'window-size', scale: 'smoke', launch: 'abcdefabcdef' }, 'no-launch', /no launch abcdefabcdef/],
    ['an experiment that is none', { kind: 'experiment', id: 'e', text: '', experiment: 'nothing', scale: 'smoke', launch: 'latest' }, 'unknown-experiment', /no experiment "nothing"/],
    ['a figure that its report has not', { kind: 'experiment', id: 'e', text: '', experiment: 'storage', scale: 'smoke', launch: 'latest', items: 'forms,gone' }, 'bad-items', /no "gone". Ask for some of findings, notes, runs, forms, ratio/],
    ['nothing to compare', { kind: 'comparison', id: 'v', text: '', measures: 'lineAccuracy' }, 'bad-source', /nothing to compare/],
  ])('keeps a failure in words: %s', async (_, cell, code, message) => {
    const result = await run(cell, memorySources(events))
    expect(result).toMatchObject({ output: null, error: { code, message: expect.stringMatching(message) as unknown } })
  })

  it('refuses figures and groupings that are none', async () => {
    const cell: Cell = { kind: 'chart', id: 'c', text: '', experiment: 'window-size', x: 'window', y: 'constructor', by: 'protocol' }
    expect((await run(cell, memorySources(events, RUNS))).error?.message).toMatch(/no figure "constructor"/)
    expect((await run({ ...cell, y: 'lineAccuracy', by: 'nothing' }, memorySources(events, RUNS))).error?.message).toMatch(/told apart by "nothing"/)
  })

  it('runs nothing in a circle', () => {
    const a: Cell = { kind: 'chart', id: 'a', text: '', from: 'a', x: 'verb', y: 'count', by: 'none' }
    expect([...planRun([a]).faults.keys()]).toEqual(['a'])
    expect(planRun([a]).order).toEqual([])
  })
})

describe('what leaves as a file', () => {
  const HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>\u202E'
  const hostile = (): AuditEvent[] => events.map((event) => ({ ...event, user: event.user ? { ...event.user, username: `${HOSTILE}${event.user.username}` } : event.user, objectRef: event.objectRef ? { ...event.objectRef, name: HOSTILE } : event.objectRef }))

  it('runs no script and asks nobody for anything, whatever the log holds', async () => {
    const { document } = importMarkdown(`${NOTEBOOK}\n${HOSTILE}\n\n![x](https://evil.example/x.png)\n`)
    const sources = memorySources(hostile(), RUNS)
    const results = await runAll(document, sources, Date.now)
    const html = exportHtml({ title: HOSTILE, document, results, present: await presentSources(document.cells, sources), updatedAt: '2026-11-23T10:00:00Z' })
    const tags = html.match(/<[a-z][^>]*>/gi) ?? []
    expect(tags.filter((tag) => /^<(?:script|img|iframe|object|embed|link|base|form|foreignObject)/i.test(tag))).toEqual([])
    expect(tags.filter((tag) => /\son\w+=|\ssrc=|javascript:|url\(/i.test(tag))).toEqual([])
    expect(html).toContain("default-src 'none'")
    expect(html).not.toContain('\u202E')
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('<svg')
  })

  it('is a notebook of nbformat 4.5', async () => {
    const { title, document } = importMarkdown(NOTEBOOK)
    const results = await runAll(document, memorySources(events, RUNS), Date.now)
    const failing = { ...results, writes: { ...(results.writes as CellResult), output: null, error: { code: 'bad-query', message: 'no' } } }
    for (const text of [exportIpynb(title, document, results), exportIpynb(title, document, failing), exportIpynb(title, document, {})]) checkIpynb(JSON.parse(text))
  })
})

interface Ipynb { nbformat: number; nbformat_minor: number; metadata: { kernelspec: { name: string; display_name: string }; language_info: { name: string } }; cells: Record<string, unknown>[] }

/** What the schema of nbformat 4.5 asks of cells and outputs. */
function checkIpynb(notebook: Ipynb): void {
  expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5])
  expect(Object.keys(notebook).sort()).toEqual(['cells', 'metadata', 'nbformat', 'nbformat_minor'])
  const ids = notebook.cells.map((cell) => cell.id as string)
  expect(new Set(ids).size).toBe(ids.length)
  const lines = (value: unknown): boolean => Array.isArray(value) && value.every((line, index) => typeof line === 'string' && (index === value.length - 1 || line.endsWith('\n')))
  for (const cell of notebook.cells) {
    expect(cell.id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/)
    expect(lines(cell.source)).toBe(true)
    expect(Object.keys(cell).sort()).toEqual(cell.cell_type === 'markdown' ? ['cell_type', 'id', 'metadata', 'source'] : ['cell_type', 'execution_count', 'id', 'metadata', 'outputs', 'source'])
    for (const output of (cell.outputs ?? []) as Record<string, unknown>[]) {
      if (output.output_type === 'error') expect(Object.keys(output).sort()).toEqual(['ename', 'evalue', 'output_type', 'traceback'])
      else {
        expect(Object.keys(output).sort()).toEqual(['data', 'execution_count', 'metadata', 'output_type'])
        const data = output.data as Record<string, unknown>
        expect([lines(data['text/plain']), lines(data['text/html']), typeof data['application/json']]).toEqual([true, true, 'object'])
      }
    }
  }
}
