import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeEvent } from './fixtures/make-event'
import { readAll } from './fixtures/read-all'
import { gunzip } from './gunzip'
import { describeReport } from './report'
import { gunzipNative } from './gunzip.node'
import { memorySource } from './source'

const line = (i: number, changes = {}) => `${JSON.stringify(makeEvent(i, changes))}\n`
const good = Array.from({ length: 20 }, (_, i) => line(i)).join('')
const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

describe('no audit log', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'nothing, it is empty'],
    ['white space', ' \n\n\r\n', 'only white space'],
    ['a PNG', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13]), 'a PNG image'],
    ['a program', bytes('\x7fELF', [2, 1, 1, 0]), 'an ELF binary'],
    ['a pickle', bytes([0x80, 4, 0x95, 10, 0, 0]), 'a pickle'],
    ['a ZIP', bytes('PK\x03\x04', [20, 0]), 'a ZIP archive'],
    ['zstd', bytes([0x28, 0xb5, 0x2f, 0xfd, 4]), 'Zstandard data: unpack them with `zstd -d`'],
    ['UTF-16', bytes([0xff, 0xfe, 0x7b, 0]), 'UTF-16 text: save it as UTF-8'],
    ['gzip in gzip', gzipSync(gzipSync(good)), 'gzip data inside gzip data'],
    ['random bytes', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 251)), 'binary data of an unknown format'],
    ['CSV', 'time,user,verb\n1,ada,get\n2,eve,list\n', 'CSV text'],
    ['prose', 'Dear all,\nthe log is attached.\n', 'text that is no JSON'],
    ['HTML', '<!DOCTYPE html><html></html>', 'an HTML page'],
    ['YAML', 'apiVersion: v1\nkind: Pod\n', 'a YAML manifest'],
    ['other JSON lines', '{"a":1}\n{"a":2}\n', 'JSON lines without audit events'],
    ['a Kubernetes list', '{"kind":"PodList","apiVersion":"v1","items":[]}', 'a Kubernetes object of kind PodList'],
    ['core Events', '{"kind":"Event","apiVersion":"v1","message":"x"}\n', 'Kubernetes Events (`kubectl get events`), which are no audit events'],
    ['an audit policy', '{"kind":"Policy","apiVersion":"audit.k8s.io/v1","rules":[]}', 'an audit policy, not a log written under it'],
    ['an empty EventList', '{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[]}', 'an EventList without events'],
    ['an empty gzip', gzipSync(''), 'nothing, it is empty'],
  ])('%s is refused by name', async (_name, content, found) => {
    await expect(readAll(content, { name: 'x.log' })).rejects.toMatchObject({
      code: 'not-an-audit-log',
      message: expect.stringMatching(/^No audit event in x\.log: found .* Give a log of kube-apiserver/) as unknown,
    })
    await expect(readAll(content)).rejects.toThrow(`No audit event in the input: found ${found}`)
  })
})

describe('damage is counted and never stops a reading', () => {
  test('a cut last line', async () => {
    const read = await readAll(good + line(20).slice(0, 120))
    expect(read.report.events).toBe(20)
    expect(read.rejects).toMatchObject([{ line: 21, reason: 'cut last line' }])
    expect(read.report.truncated).toBe('The last line (21) is cut off: the file ends in the middle of it. The lines before it were read.')
  })

  test('a cut EventList', async () => {
    const whole = JSON.stringify({ kind: 'EventList', items: [makeEvent(0), makeEvent(1), makeEvent(2)] })
    const read = await readAll(whole.slice(0, -100))
    expect(read.report).toMatchObject({ events: 2, rejected: 1 })
    expect(read.report.truncated).toMatch(/cut off/)
    expect((await readAll(whole.slice(0, -2))).report.truncated).toBe('The list ends early, after item 3: the file is not whole.')
  })

  test.each([['portable', gunzip], ['native', gunzipNative]])('truncated gzip keeps everything before the cut (%s)', async (_name, unpack) => {
    const many = Array.from({ length: 3000 }, (_, i) => line(i)).join('')
    const packed = gzipSync(many)
    const read = await readAll({ ...memorySource(packed.subarray(0, packed.length >> 1)), unpack })
    expect(read.report.events).toBeGreaterThan(1000)
    expect(read.report.truncated).toBe('The gzip data end early: what comes before the end was read, the rest is missing. Copy the file again for the whole of it.')
    expect(read.ids).toEqual(Array.from({ length: read.ids.length }, (_, i) => makeEvent(i).auditID))
    const whole = await readAll({ ...memorySource(packed), unpack })
    expect(whole.report).toMatchObject({ events: 3000, truncated: null, bytes: packed.length })
  })

  test.each([['portable', gunzip], ['native', gunzipNative]])('damaged gzip (%s)', async (_name, unpack) => {
    const many = Array.from({ length: 3000 }, (_, i) => line(i)).join('')
    const packed = Buffer.concat([gzipSync(many), Buffer.from('this is no gzip member, and long enough to be looked at')])
    const read = await readAll({ ...memorySource(packed), unpack })
    expect(read.report.events).toBeGreaterThan(2800)
    expect(read.report.truncated).toMatch(/^The gzip data are damaged \(.*\): what comes before the damage was read\. Copy the file again/)
    const broken = gzipSync(good)
    broken.fill(0xff, 20, 60)
    await expect(readAll({ ...memorySource(broken), unpack })).rejects.toThrow(/The gzip data are damaged|end early/)
  })

  test('a 50 MB line', async () => {
    const long = async function* () {
      yield Buffer.from(`${good}{"kind":"Event","pad":"`)
      for (let i = 0; i < 50; i++) yield Buffer.alloc(1 << 20, 0x61)
      yield Buffer.from(`"}\n${line(20)}`)
    }
    const read = await readAll({ [Symbol.asyncIterator]: long })
    expect(read.report).toMatchObject({ events: 21, lines: 22, rejected: 1 })
    expect(describeReport(read.report)[0]).toMatch(/^1 line rejected: longer than 16 MiB; first at line 21: \{"kind":"Event","pad":"aaa/)
    expect(read.rejects[0]?.text.length).toBeLessThanOrEqual(1 << 16)
    expect(read.report.rejects.get('longer than 16 MiB')?.first[0]?.excerpt.length).toBeLessThanOrEqual(200)
  })

  test.each([['lists', '['.repeat(10_000), ']'.repeat(10_000)], ['objects', '{"a":'.repeat(10_000) + '1', '}'.repeat(10_000)]])('depth 10,000 of %s', async (_name, open, close) => {
    for (const options of [{}, { keepSecrets: true }]) {
      const deep = line(7).replace('"verb":"get"', `"verb":"get","requestObject":${open}${close}`)
      const aside = line(8).replace('"verb":"get"', `"verb":"get","aside":{"x":${open}${close}}`)
      const read = await readAll(good + deep + aside + line(20), options)
      expect(read.report).toMatchObject({ events: 21, rejected: 2 })
      expect(describeReport(read.report)[0]).toMatch(/^2 lines rejected: nested deeper than 512 levels; first at line 21: \{"kind":"Event"/)
    }
    const wrapped = JSON.stringify({ properties: { log: line(7).replace('"verb":"get"', `"verb":"get","requestObject":${open}${close}`) } })
    expect((await readAll(`${good}${wrapped}\n`)).report.rejects.get('nested deeper than 512 levels')?.count).toBe(1)
  })

  test('depth of a megabyte', async () => {
    const read = await readAll(`${good}${'['.repeat(1 << 20)}\n${line(20)}`)
    expect(read.report.events).toBe(21)
    expect(read.report.rejects.get('nested deeper than 512 levels')?.count).toBe(1)
  })

  test('an unknown verb and a missing objectRef are kept, with a note', async () => {
    const read = await readAll(good + line(20, { verb: 'frobnicate' }) + line(21, { objectRef: undefined }) + line(22, { objectRef: undefined, requestURI: '/healthz' }))
    expect(read.report).toMatchObject({ events: 23, rejected: 0, nonResource: 2 })
    expect(read.events[20]?.verb).toBe('frobnicate')
    expect(read.events[21]?.objectRef).toBeNull()
    expect(describeReport(read.report)).toEqual([
      '1 event kept with a note: unknown verb; first at line 21: frobnicate /api/v1/namespaces/shop/pods/web-20?timeout=34s (auditID 00000000-0000-4000-8000-000000000020)',
      '1 event kept with a note: no objectRef on a request for API objects; first at line 22: get /api/v1/namespaces/shop/pods/web-21?timeout=34s (auditID 00000000-0000-4000-8000-000000000021)',
    ])
  })

  test('an event without auditID, other JSON, and text', async () => {
    const read = await readAll(good + line(20, { auditID: undefined }) + '{"kind":"Pod","apiVersion":"v1"}\nhello\n{"a":\n')
    expect([...read.report.rejects].map(([reason, { count }]) => [reason, count])).toEqual([
      ['an audit event without auditID', 1],
      ['not an audit event', 1],
      ['not valid JSON', 2],
    ])
  })

  test('damaged UTF-8 is read with replacement characters', async () => {
    const damaged = Buffer.from(line(20, { userAgent: 'XX' }), 'latin1')
    damaged.fill(0xc3, damaged.indexOf('XX'), damaged.indexOf('XX') + 2)
    const read = await readAll(Buffer.concat([Buffer.from(good), damaged]))
    expect(read.events[20]?.userAgent).toBe('\ufffd\ufffd')
    expect(describeReport(read.report)[0]).toMatch(/^1 event kept with a note: damaged UTF-8/)
  })

  test('excerpts are short, and cannot write to a terminal', async () => {
    const read = await readAll(`${good}\u001b[2J\u202e${'x'.repeat(500)}\r\n`)
    const excerpt = read.report.rejects.get('not valid JSON')?.first[0]?.excerpt ?? ''
    expect(excerpt).toMatch(/^\\u001b\[2J\\u202exxx/)
    expect(excerpt.length).toBeLessThanOrEqual(200)
  })

  test('rejected lines are redacted too', async () => {
    const cut = line(20, { requestObject: { kind: 'Secret', data: { a: 'pla1nted' } } }).slice(0, -5)
    expect(cut).toContain('pla1nted')
    const read = await readAll(good + cut)
    expect(JSON.stringify([read.rejects, [...read.report.rejects]])).not.toContain('pla1nted')
    expect(JSON.stringify((await readAll(good + cut, { keepSecrets: true })).rejects)).toContain('pla1nted')
  })

  test.each([['portable', gunzip], ['native', gunzipNative]])('a decompression bomb is refused (%s)', async (_name, unpack) => {
    const bomb = Buffer.concat([gzipSync(good), gzipSync(Buffer.alloc(80 << 20, 0x20))])
    await expect(readAll({ ...memorySource(bomb), unpack })).rejects.toMatchObject({ code: 'decompression-bomb', message: expect.stringContaining('more than 300 times') as unknown })
  })

  test('an error of the source is passed on', async () => {
    const failing = async function* () {
      yield Buffer.from(good)
      throw new RangeError('the disk went away')
    }
    await expect(readAll({ [Symbol.asyncIterator]: failing })).rejects.toThrow('the disk went away')
  })
})
