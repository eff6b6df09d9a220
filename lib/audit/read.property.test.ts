import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAuditweaveError } from './errors'
import type { JsonObject, JsonValue } from './event'
import { makeEvent } from './fixtures/make-event'
import { inChunks, readAll } from './fixtures/read-all'
import { gunzip } from './gunzip'
import { gunzipNative } from './gunzip.node'
import { readAudit } from './read'
import { readEventObject } from './unwrap'

const sizes = fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 6 })
const body = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>
const event = fc.record({ index: fc.nat({ max: 9999 }), body }).map(({ index, body }) => makeEvent(index, { responseObject: { kind: 'Widget', spec: body } }))
const written = fc.record({ events: fc.array(event, { minLength: 1, maxLength: 6 }), layout: fc.constantFrom('lines', 'crlf', 'list', 'pretty list', 'array', 'pretty array', 'pretty', 'joined'), gzip: fc.boolean() })

function write(events: readonly JsonObject[], layout: string): string {
  const lines = events.map(event => JSON.stringify(event))
  if (layout === 'lines') return `${lines.join('\n')}\n`
  if (layout === 'crlf') return lines.join('\r\n')
  if (layout === 'joined') return lines.join('')
  if (layout === 'pretty') return events.map(event => JSON.stringify(event, null, 2)).join('\n')
  const indent = layout.startsWith('pretty') ? 2 : undefined
  return layout.endsWith('list') ? JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: events }, null, indent) : JSON.stringify(events, null, indent)
}

describe('the reader', () => {
  test('reads the same at any chunk boundary, in any layout', async () => {
    await fc.assert(
      fc.asyncProperty(written, sizes, fc.boolean(), async ({ events, layout, gzip }, sizes, reuse) => {
        const text = Buffer.from(write(events, layout))
        const content = gzip ? gzipSync(text) : text
        const read = await readAll({ [Symbol.asyncIterator]: () => inChunks(content, sizes, reuse) }, { keepSecrets: true })
        const expected = events.flatMap(event => readEventObject(JSON.parse(JSON.stringify(event)) as JsonValue, { keepSecrets: true }))
        expect(read.events).toEqual(expected)
        expect(read.report.rejected).toBe(0)
      }),
      { numRuns: 80 },
    )
  })

  test('garbage among the lines never throws and never costs a whole line', async () => {
    const garbage = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{', '}', '[[', '"', '{"items":[', '\\', '{"message":"{"}', '{"properties":{"log":"x"}}', 'null', '\0'), fc.string({ unit: 'binary' }))
    await fc.assert(
      fc.asyncProperty(fc.array(garbage, { maxLength: 8 }), sizes, async (pieces, sizes) => {
        const text = `${JSON.stringify(makeEvent(1))}\n${pieces.map((piece, i) => `${piece.replaceAll('\n', ' ')}\n${JSON.stringify(makeEvent(i + 2))}\n`).join('')}`
        const read = await readAll({ [Symbol.asyncIterator]: () => inChunks(Buffer.from(text), sizes) })
        expect(read.ids).toEqual(expect.arrayContaining(Array.from({ length: pieces.length + 1 }, (_, i) => makeEvent(i + 1).auditID)))
      }),
      { numRuns: 80 },
    )
  })

  test('any bytes give events or a documented error', async () => {
    const opening = fc.constantFrom('', '{"items":[', '[', '[{', '{"kind":"Event"', '\u001f\u008b\u0008', '{"auditID":"x","verb":"get"}', '{"logEvents":[{"message":"', '{"protoPayload":{"methodName":"a.v1.b"}}')
    await fc.assert(
      fc.asyncProperty(opening, fc.uint8Array({ maxLength: 300 }), sizes, async (opening, noise, sizes) => {
        const content = Buffer.concat([Buffer.from(opening, 'latin1'), noise])
        try {
          expect((await readAll({ [Symbol.asyncIterator]: () => inChunks(content, sizes) })).report.events).toBeGreaterThan(0)
        } catch (error) {
          expect(isAuditweaveError(error) && error.code).toBe('not-an-audit-log')
        }
      }),
      { numRuns: 200 },
    )
  })

  test('both ways of unpacking agree on any members and chunks, and on a cut', async () => {
    const unpackAll = async (unpack: typeof gunzip, packed: Uint8Array, sizes: readonly number[]) => {
      const out: Uint8Array[] = []
      try {
        for await (const part of unpack(inChunks(packed, sizes))) out.push(part)
      } catch (error) {
        return { out: Buffer.concat(out).toString('latin1'), fault: isAuditweaveError(error) ? error.code : String(error) }
      }
      return { out: Buffer.concat(out).toString('latin1'), fault: null }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 400 }), { minLength: 1, maxLength: 3 }), sizes, fc.nat(), async (members, sizes, cut) => {
        const packed = Buffer.concat(members.map(member => gzipSync(member)))
        const whole = { out: Buffer.from(members.join('')).toString('latin1'), fault: null }
        expect(await unpackAll(gunzip, packed, sizes)).toEqual(whole)
        expect(await unpackAll(gunzipNative, packed, sizes)).toEqual(whole)
        // inside the first member's data
        const short = packed.subarray(0, 11 + (cut % Math.max(1, gzipSync(members[0] ?? '').length - 19)))
        for (const unpack of [gunzip, gunzipNative]) expect((await unpackAll(unpack, short, sizes)).fault).toBe('truncated-gzip')
      }),
      { numRuns: 60 },
    )
  })
})

describe('memory', () => {
  test('does not grow with the file', async () => {
    const block = Buffer.from(Array.from({ length: 400 }, (_, i) => `${JSON.stringify(makeEvent(i, { responseObject: { pad: 'x'.repeat(4000) } }))}\n`).join(''))
    const rounds = 110 // about 200 MB
    const source = async function* () {
      for (let i = 0; i < rounds; i++) yield block
    }
    const { events, report } = readAudit({ [Symbol.asyncIterator]: source })
    let most = 0
    let largest = 0
    const before = process.memoryUsage().heapUsed
    for await (const batch of events) {
      largest = Math.max(largest, batch.length)
      most = Math.max(most, process.memoryUsage().heapUsed - before)
    }
    expect(report.events).toBe(400 * rounds)
    expect(report.bytes).toBe(block.length * rounds)
    expect(report.bytes).toBeGreaterThan(190e6)
    expect(largest).toBeLessThan(100)
    expect(most).toBeLessThan(100e6)
  })
})
