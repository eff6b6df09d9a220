import { parquetReadObjects } from 'hyparquet'
import { DOMParser } from 'linkedom'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { readAudit } from '@/lib/audit/read'
import { memorySource } from '@/lib/audit/source'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { deployment } from '@/lib/contexts/testing/workloads'
import type { Reconstruction } from '@/lib/contexts/types'
import { visibleText } from '@/lib/contexts/visible-text'
import { parseCompact } from '@/lib/export/compact'
import { contextGraph } from '@/lib/export/context/context-graph'
import { contextReport } from '@/lib/export/context/context-report'
import { tellContext, type ContextStory } from '@/lib/export/context/context-story'
import { graphToDot, graphToGraphml } from '@/lib/export/context/graph-files'
import { exportRecords, TEXT_FORMATS, type TextFormat } from '@/lib/export/formats'
import { HOSTILE_TEXTS, hostileLog, STEERING } from '@/lib/export/testing/hostile-texts'

let events: AuditEvent[] = []
let result: Reconstruction
let stories: (readonly [string, ContextStory])[] = []
beforeAll(async () => {
  for await (const batch of readAudit(memorySource(hostileLog())).events) events = [...events, ...batch]
  result = reconstruct(events.map((event) => extractFacts(event)))
  stories = result.contexts.filter((context) => context.events > 1).map((context) => [context.id, tellContext(context, result.records, events)] as const)
})

async function text(format: TextFormat): Promise<string> {
  let all = ''
  for await (const piece of exportRecords(format, result.records, result.contexts)) all += piece
  return all
}

/** RFC 4180, read by the letter. */
function readCsv(file: string): string[][] {
  return file.trimEnd().split('\r\n').map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''))
}

const ORIGIN = { log: '<b>.log', made: '2026-11-23T10:00:00Z', version: '1' }

function harmless(): ContextStory {
  const scenario = deployment()
  const { contexts, records } = reconstruct(scenario.events.map((event) => extractFacts(event)))
  const [context] = contexts
  if (!context) throw new Error('no context')
  return tellContext(context, records, scenario.events)
}

const tagsOf = (html: string): Set<string> => new Set([...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')].map((node) => node.tagName.toLowerCase()))

const cut = (value: string): string => visibleText(value.length > 300 ? `${value.slice(0, 300)}…` : value).toWellFormed()

describe('every export of a log whose names are hostile', () => {
  it('has a context of three requests and a refused one for each text', () => {
    expect(events).toHaveLength(4 * Object.keys(HOSTILE_TEXTS).length)
    expect(stories).toHaveLength(Object.keys(HOSTILE_TEXTS).length)
    expect(stories.every(([, { chapters }]) => chapters.length === 3)).toBe(true)
  })

  it.each(TEXT_FORMATS)('holds nothing that steers a terminal or closes a script, as %s', async (format) => {
    const written = await text(format)
    expect(STEERING.exec(written.replaceAll('\r\n', '\n'))).toBeNull()
    if (format !== 'csv') expect(written).not.toContain('<')
  })

  it('is the same when jsonl is read', async () => {
    const read = (await text('jsonl')).trimEnd().split('\n').map((line): unknown => JSON.parse(line))
    expect(read).toEqual(result.records)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('is the same when the compact form is read', async () => {
    const back = parseCompact(await text('compact'))
    expect(back.contexts).toEqual(result.contexts)
    expect(back.records).toEqual(result.records.filter(({ context }) => context !== null))
  })

  it('has no CSV cell that a spreadsheet would run, and the texts in their places', async () => {
    const [head = [], ...rows] = readCsv(await text('csv'))
    expect(rows).toHaveLength(result.records.length)
    for (const [i, row] of rows.entries()) {
      expect(row).toHaveLength(head.length)
      for (const cell of row) if (!/^-?[\d.]+(?:e-?\d+)?$/.test(cell)) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/)
      expect(row[0]?.replace(/^'/, '')).toBe(visibleText(result.records[i]?.auditID ?? ''))
    }
  })

  it('is the same when Parquet is read, halves of characters apart', async () => {
    const pieces: Uint8Array<ArrayBuffer>[] = []
    for await (const piece of exportRecords('parquet', result.records, result.contexts)) pieces.push((typeof piece === 'string' ? new TextEncoder().encode(piece) : piece) as Uint8Array<ArrayBuffer>)
    const rows = (await parquetReadObjects({ file: await new Blob(pieces).arrayBuffer() })) as { auditID: string }[]
    expect(rows.map(({ auditID }) => auditID)).toEqual(result.records.map(({ auditID }) => auditID.toWellFormed()))
  })

  it('is an HTML report of our own elements alone', () => {
    const own = tagsOf(contextReport(harmless(), ORIGIN))
    for (const [id, story] of stories) {
      const html = contextReport(story, ORIGIN)
      const document = new DOMParser().parseFromString(html, 'text/html')
      expect([...tagsOf(html)].filter((tag) => !own.has(tag)), id).toEqual([])
      expect([...document.querySelectorAll('*')].flatMap((node) => node.getAttributeNames()).filter((name) => /^on|^(?:href|src|action|style|autofocus)$/i.test(name))).toEqual([])
      expect(STEERING.exec(html)).toBeNull()
      expect(html.length).toBeLessThan(2_000_000)
    }
  })

  it('is GraphML that reads back as the same names', () => {
    for (const [, story] of stories) {
      const graph = contextGraph(story)
      const document = new DOMParser().parseFromString(graphToGraphml(graph, 'title'), 'text/xml')
      const titles = [...document.querySelectorAll('node')].map((node) => [...node.querySelectorAll('data')].find((data) => data.getAttribute('key') === 'title')?.textContent)
      expect(titles).toEqual(graph.nodes.map(({ title }) => cut(title)))
    }
  })

  it('is Graphviz that reads back as the same names', () => {
    for (const [, story] of stories) {
      const graph = contextGraph(story)
      const dot = graphToDot(graph, 'title')
      expect(STEERING.exec(dot)).toBeNull()
      const labels = [...dot.matchAll(/^ {2}\w+ \[shape=\w+, label="((?:[^"\\]|\\.)*)"/gm)].map(([, label = '']) => label.replaceAll(/\\(["\\])/g, '$1'))
      expect(labels).toEqual(graph.nodes.map(({ title }) => cut(title)))
    }
  })
})
