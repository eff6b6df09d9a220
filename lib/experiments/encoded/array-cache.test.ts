import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tinyLog } from '@/lib/model/fixtures/tiny-log'
import { ArrayCache } from './array-cache.node.ts'
import { readArrays, writeArrays, type ArrayFile, type StoredArray } from './array-file'
import { tableFromFile, tableToFile } from './line-cache'
import { tableOf } from './line-table'

let folder = ''
let told: string[] = []
let made = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'auditweave-cache-'))
  told = []
  made = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const cacheOf = (mostBytes = 1e6, at = folder) => new ArrayCache({ folder: at, mostBytes, log: (text) => told.push(text) })
const plain = { parse: (file: ArrayFile) => file, serialise: (file: ArrayFile) => file }
const numbers = (length: number): ArrayFile => ({ data: { length }, arrays: new Map([['x', Float32Array.from({ length }, (_, i) => i / 3)]]) })
const make = (length: number) => (): Promise<ArrayFile> => {
  made++
  return Promise.resolve(numbers(length))
}
const files = () => readdirSync(folder).map((name) => join(folder, name))

describe('a file of arrays', () => {
  test('gives back what it was given, whatever the lengths', () => {
    const file: ArrayFile = { data: { of: 'ü' }, arrays: new Map<string, StoredArray>([['a', Uint16Array.of(1, 2, 65_535)], ['b', Int32Array.of(-1)], ['none', new Float32Array(0)], ['c', Float32Array.of(0.1)]]) }
    expect(readArrays(writeArrays(file))).toEqual(file)
    const shifted = new Uint8Array(writeArrays(file).length + 3)
    shifted.set(writeArrays(file), 3)
    expect(readArrays(shifted.subarray(3))).toEqual(file)
  })

  test('is refused when cut anywhere or changed', () => {
    const whole = writeArrays(numbers(20))
    for (let length = 0; length < whole.length; length += 7) expect(() => readArrays(whole.slice(0, length))).toThrow(/cannot be used/)
    const changed = whole.slice()
    changed[whole.length - 6] = 99
    expect(() => readArrays(changed)).toThrow('its bytes have changed')
  })

  test('holds a line table', () => {
    const { rows, labels } = tinyLog(50, 4)
    const table = tableOf(rows, [null, ...labels.slice(1)])
    expect(tableFromFile(readArrays(writeArrays(tableToFile(table))))).toEqual(table)
    expect(() => tableFromFile(numbers(3))).toThrow(/something else/)
  })
})

describe('the cache', () => {
  test('makes once, then reads', async () => {
    expect(await cacheOf().through('k', plain, make(5))).toEqual(numbers(5))
    expect(await cacheOf().through('k', plain, make(5))).toEqual(numbers(5))
    expect(await cacheOf().through('other', plain, make(6))).toEqual(numbers(6))
    expect(made).toBe(2)
    expect(told).toEqual([])
  })

  test('two that make the same at once leave one whole file', async () => {
    const both = await Promise.all(Array.from({ length: 8 }, () => cacheOf().through('k', plain, make(1000))))
    expect(both.every((file) => file.arrays.get('x')?.length === 1000)).toBe(true)
    expect(files()).toHaveLength(1)
    expect(readArrays(readFileSync(files()[0] ?? ''))).toEqual(numbers(1000))
  })

  test('a cut file is told and made anew', async () => {
    await cacheOf().through('k', plain, make(50))
    truncateSync(files()[0] ?? '', 100)
    expect(await cacheOf().through('k', plain, make(50))).toEqual(numbers(50))
    expect(made).toBe(2)
    expect(told.join()).toMatch(/cannot be used: .* It is made anew/)
    await cacheOf().through('k', plain, make(50))
    expect(made).toBe(2)
  })

  test('a folder that cannot be written costs only the time', async () => {
    // A file stands where its folder would be; a full disk takes the same way.
    const blocked = join(folder, 'file', 'cache')
    writeFileSync(join(folder, 'file'), '')
    expect(await cacheOf(1e6, blocked).through('k', plain, make(5))).toEqual(numbers(5))
    expect(told.join()).toMatch(/each run reads the data set anew/)
  })

  test('the least recently used go first, and old parts with them', async () => {
    const size = writeArrays(numbers(100)).length
    const cache = cacheOf(size * 2 + 10)
    await cache.through('a', plain, make(100))
    const [a = ''] = files()
    await cache.through('b', plain, make(100))
    const b = files().find((file) => file !== a) ?? ''
    utimesSync(b, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000))
    utimesSync(a, new Date(Date.now() - 90_000), new Date(Date.now() - 90_000))
    const part = join(folder, 'x.part')
    writeFileSync(part, 'half')
    utimesSync(part, new Date(0), new Date(0))
    await cache.through('a', plain, make(100))
    await cache.through('c', plain, make(100))
    expect(files()).toHaveLength(2)
    expect(files()).toContain(a)
    expect(files()).not.toContain(b)
    await cacheOf(10).through('large', plain, make(100))
    expect(files()).toHaveLength(2)
  })
})
