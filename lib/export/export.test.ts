import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { parseMicros } from '@/lib/audit/time'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { object, Scenario } from '@/lib/contexts/testing/scenario'
import { deployment } from '@/lib/contexts/testing/workloads'
import { visibleText } from '@/lib/contexts/visible-text'
import { parseCompact } from '@/lib/export/compact'
import { csvField } from '@/lib/export/csv'
import { exportRecords, TEXT_FORMATS, type TextFormat } from '@/lib/export/formats'
import { spanId, traceId } from '@/lib/export/otlp'
import type { Reconstruction } from '@/lib/contexts/types'

function run(scenario: Scenario): Reconstruction {
  return reconstruct(scenario.events.map((event) => extractFacts(event)))
}

async function text(format: TextFormat, { records, contexts }: Reconstruction): Promise<string> {
  let all = ''
  for await (const piece of exportRecords(format, records, contexts)) all += piece
  return all
}

const HOSTILE = ['<script>alert(1)</script>', '=cmd|calc', '\u001b[2J\u009b31m', '\u202eevil\u200b\u2066', 'a"b,c\r\nd', '\u{e0041}tag', "'; DROP TABLE x; --", 'long'.repeat(250_000)]

function hostileLog(): Reconstruction {
  const log = new Scenario('hostile')
  for (const name of HOSTILE) {
    const body = object('Pod', name, name)
    const cause = log.send({ user: name, verb: 'create', resource: 'pods', namespace: name, name, body, cause: 'self' })
    log.send({ user: 'system:node:n1', verb: 'get', resource: 'pods', namespace: name, name, body, cause })
  }
  return run(log)
}

describe('parquet', () => {
  it('reads back as the records, times to the microsecond', async () => {
    const { records, contexts } = hostileLog()
    const pieces: Uint8Array[] = []
    for await (const piece of exportRecords('parquet', records, contexts)) pieces.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
    const bytes = new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer())
    const rows = await parquetReadObjects({ file: bytes.buffer, parsers: { timestampFromMicroseconds: (value: bigint) => value } })
    expect(rows).toEqual(records.map((record) => ({
      'auditID': record.auditID, 'stage': record.stage, 'requestReceivedTimestamp': BigInt(parseMicros(record.requestReceivedTimestamp) ?? 0), 'role': record.role, 'context': record.context, 'confidence': record.confidence,
      'label.group': record.label?.group, 'label.resource': record.label?.resource, 'label.subresource': record.label?.subresource, 'label.verb': record.label?.verb, 'label.namespaced': record.label?.namespaced,
      'label.single': record.label?.single, 'label.code': record.label?.code, 'links': record.links,
    })))
  })

  it('is a file of its own when there is nothing to write', async () => {
    const pieces: (string | Uint8Array)[] = []
    for await (const piece of exportRecords('parquet', [], [])) pieces.push(piece)
    expect(await parquetReadObjects({ file: (pieces[0] as Uint8Array<ArrayBuffer>).slice().buffer })).toEqual([])
  })
})

describe('jsonl', () => {
  it('is one record a line, equal when parsed', async () => {
    const result = hostileLog()
    const lines = (await text('jsonl', result)).trimEnd().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(result.records)
  })
})

describe('compact', () => {
  it('reads back what belongs to contexts', async () => {
    for (const result of [run(deployment()), hostileLog()]) {
      const back = parseCompact(await text('compact', result))
      expect(back.contexts).toEqual(result.contexts)
      expect(back.records).toEqual(result.records.filter(({ context }) => context !== null))
    }
  })

  it('keeps a time that is not microseconds as it was logged', async () => {
    const result = run(deployment())
    const odd = { ...result, records: result.records.map((record) => ({ ...record, requestReceivedTimestamp: record.context === null ? null : '2026-01-05T10:00:00.5Z' })) }
    expect(parseCompact(await text('compact', odd)).records[0]?.requestReceivedTimestamp).toBe('2026-01-05T10:00:00.5Z')
  })

  it.each(['', '{}', '{"format":"auditweave-compact","version":2}', 'no json'])('refuses %j as not compact', (input) => {
    expect(() => parseCompact(input)).toThrow(expect.objectContaining({ code: 'not-compact' }))
  })

  it('names the line that is no context', async () => {
    const good = await text('compact', run(deployment()))
    for (const bad of ['{"id":1}', '[]', good.split('\n')[1]?.replace('"owner"', '7') ?? '', good.split('\n')[1]?.replace('"verb":"create"', '"verb":"constructor"') ?? '']) {
      expect(() => parseCompact(`${good.split('\n')[0] ?? ''}\n${bad}\n`)).toThrow(/line 2 of the compact file is not a context/)
    }
  })
})

describe('csv', () => {
  it('has one line for each record and the same fields in each', async () => {
    const result = run(deployment())
    const lines = (await text('csv', result)).trimEnd().split('\r\n')
    expect(lines).toHaveLength(result.records.length + 1)
    expect(new Set(lines.map((line) => line.split(',').length)).size).toBe(1)
  })

  it.each([
    ['=1+1', `"'=1+1"`], ['+1', `"'+1"`], ['-1', `"'-1"`], ['@x', `"'@x"`], ['\t=1', String.raw`"'\u0009=1"`], [' =1', `"' =1"`], ['a"b', '"a""b"'], ['a,b', '"a,b"'],
    ['a\r\nb', String.raw`a\u000d\u000ab`], ['web', 'web'], [null, ''], [-3, '-3'], [true, 'true'], ['', ''],
  ])('writes %j as %j', (value, expected) => {
    expect(csvField(value)).toBe(expected)
  })
})

interface Span { traceId: string; spanId: string; parentSpanId: string; name: string; startTimeUnixNano: string; endTimeUnixNano: string }
interface Traces { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }

describe('otlp', () => {
  it('makes a context a trace whose spans hang together under the trigger', async () => {
    const result = run(deployment())
    const body = JSON.parse(await text('otlp', result)) as Traces
    const spans = body.resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    expect(spans).toHaveLength(result.records.filter(({ context }) => context !== null).length)
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(2)
    const ids = new Map(spans.map((span) => [span.spanId, span]))
    expect(ids.size).toBe(spans.length)
    expect(spans.filter((span) => span.parentSpanId === '').map((span) => span.name)).toEqual(['create deployments', 'create deployments'])
    for (const span of spans) {
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/)
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/)
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano))
      if (span.parentSpanId !== '') expect(ids.get(span.parentSpanId)?.traceId).toBe(span.traceId)
    }
  })

  it('keeps its ids from release to release', () => {
    expect([traceId('ctx-0'), spanId('a')]).toEqual([traceId('ctx-0'), spanId('a')])
    expect(traceId('ctx-0')).not.toBe(traceId('ctx-1'))
  })

  it('is valid without any context', async () => {
    expect(JSON.parse(await text('otlp', { records: [], contexts: [] }))).toHaveProperty('resourceSpans')
  })
})

describe('hostile names', () => {
  it.each(TEXT_FORMATS)('leave nothing in %s that steers a terminal, hides text or closes a script element', async (format) => {
    const written = (await text(format, hostileLog())).replaceAll(/\r?\n/g, '')
    expect(written).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    if (format !== 'csv') expect(written).not.toContain('<script')
  })

  it('are shown, not swallowed', () => {
    expect(visibleText('a\u202eb\u{e0041}')).toBe(String.raw`a\u202eb\udb40\udc41`)
  })
})
