import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeEvent } from './fixtures/make-event'
import { readAll } from './fixtures/read-all'
import { collectEvents, openSource, sourceSize } from './source.node'
import { streamSource } from './source'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('collectEvents reads a packed file in order of time', async () => {
  const path = join(folder, 'log.gz')
  const packed = gzipSync([3, 1, 2].map(i => JSON.stringify(makeEvent(i))).join('\n'))
  await writeFile(path, packed)
  const seen: number[] = []
  const { events, report } = await collectEvents(openSource(path), { onProgress: bytes => seen.push(bytes) })
  expect(events.map(event => event.auditID)).toEqual([1, 2, 3].map(i => makeEvent(i).auditID))
  expect(report.bytes).toBe(packed.length)
  expect(seen.at(-1)).toBe(packed.length)
  expect(await sourceSize(path)).toBe(packed.length)
  expect(await sourceSize('-')).toBeNull()
})

test('what cannot be read is named', async () => {
  await expect(collectEvents(openSource(join(folder, 'none')))).rejects.toMatchObject({ code: 'no-such-file', message: expect.stringMatching(/There is no file .*none: check the path/) as unknown })
  await expect(collectEvents(openSource(folder))).rejects.toMatchObject({ code: 'is-a-directory' })
  const empty = join(folder, 'empty.log')
  await writeFile(empty, '')
  await expect(collectEvents(openSource(empty))).rejects.toThrow(`No audit event in ${empty}: found nothing, it is empty.`)
})

test('a web stream is read, and cancelled by who stops early', async () => {
  const lines = Array.from({ length: 500 }, (_, i) => `${JSON.stringify(makeEvent(i))}\n`)
  const stream = () => new Blob(lines).stream() as ReadableStream<Uint8Array>
  expect((await readAll(streamSource(stream()))).report.events).toBe(500)
  let cancelled = false
  const endless = new ReadableStream<Uint8Array>({ pull: controller => controller.enqueue(Buffer.from(lines.join(''))), cancel: () => void (cancelled = true) })
  for await (const chunk of streamSource(endless)) if (chunk.length > 0) break
  expect(cancelled).toBe(true)
})
