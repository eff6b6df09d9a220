import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readRecords } from '@/lib/contexts/read-records'

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const text = '{"auditID":"a","context":"é"}\r\n\n{"auditID":"b"}'
const plain = new TextEncoder().encode(text)

describe('readRecords', () => {
  it.each([1, 3, 1000])('reads JSON lines in chunks of %i bytes, gzip by content', async (size) => {
    const expected = [{ auditID: 'a', context: 'é' }, { auditID: 'b' }]
    expect(await readRecords(chunks(plain, size), 'p')).toEqual(expected)
    expect(await readRecords(chunks(gzipSync(plain), size), 'p')).toEqual(expected)
  })

  it('names file and line of what is not a record', async () => {
    await expect(readRecords(chunks(new TextEncoder().encode('{"auditID":"a"}\nnonsense\n'), 64), 'pred.jsonl')).rejects.toThrow('pred.jsonl, line 2: not a JSON object')
    await expect(readRecords(chunks(new TextEncoder().encode('[1]\n'), 64), 'pred.jsonl')).rejects.toThrow('line 1')
  })

  it('refuses an empty file and a cut gzip', async () => {
    await expect(readRecords(chunks(new Uint8Array(), 1), 'x')).rejects.toThrow('x holds no records')
    await expect(readRecords(chunks(gzipSync(plain).subarray(0, 20), 8), 'x')).rejects.toThrow(expect.objectContaining({ code: 'not-records' }))
  })
})
