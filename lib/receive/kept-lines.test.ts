import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Inbox } from './inbox.node.ts'
import { KeptLines } from './kept-lines.node.ts'
import { lineNumber, linePlace } from './line-number'

const event = (auditID: string, pad = 0) => ({ auditID, stage: 'ResponseComplete', stageMicros: null, line: JSON.stringify({ auditID, stage: 'ResponseComplete', pad: 'é'.repeat(pad) }) })
const idsOf = (lines: readonly { text: string }[]): string[] => lines.map(({ text }) => (JSON.parse(text) as { auditID: string }).auditID)
const ALL = { lines: 1000, bytes: 1 << 20 }

let folder = ''
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'auditweave-kept-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('lines of a receiver', () => {
  it('are read while they are written, over the end of a segment, each once', async () => {
    const inbox = await Inbox.open(folder, { segmentBytes: 200 })
    const kept = new KeptLines(folder)
    expect(await kept.read({ segment: 1, line: 0 }, ALL)).toEqual({ lines: [], next: { segment: 1, line: 0 } })
    const seen: string[] = []
    let place = { segment: 1, line: 0 }
    for (let i = 0; i < 10; i++) {
      await inbox.accept([event(`a${i}`, i), event(`b${i}`)])
      const { lines, next } = await kept.read(place, { lines: 1, bytes: 10 })
      seen.push(...idsOf(lines))
      place = next
    }
    for (let empty = 0; empty < 2; ) {
      const { lines, next } = await kept.read(place, ALL)
      empty = lines.length === 0 ? empty + 1 : 0
      seen.push(...idsOf(lines))
      place = next
    }
    expect(seen).toEqual(Array.from({ length: 10 }, (_, i) => [`a${i}`, `b${i}`]).flat())
    expect(await kept.end()).toEqual(place)
    expect((await kept.segments()).length).toBeGreaterThan(2)
    await inbox.close()
  })

  it('are counted back and picked by their numbers', async () => {
    const inbox = await Inbox.open(folder, { segmentBytes: 150 })
    for (let i = 0; i < 9; i++) await inbox.accept([event(`e${i}`)])
    const kept = new KeptLines(folder)
    const end = await kept.end()
    for (let back = 0; back <= 12; back++) {
      const from = await kept.before(end, back)
      expect(await kept.behind(from)).toBe(Math.min(back, 9))
    }
    const all: number[] = []
    for (let place = { segment: 1, line: 0 }, i = 0; i < 20; i++) {
      const { lines, next } = await kept.read(place, { lines: 2, bytes: 1 << 20 })
      all.push(...lines.map(({ number }) => number))
      place = next
    }
    expect(all).toHaveLength(9)
    expect(idsOf(await kept.pick([all[7], all[2], all[3], all[2], 12e12] as number[]))).toEqual(['e2', 'e3', 'e7'])
    expect(linePlace(lineNumber({ segment: 12, line: 345 }))).toEqual({ segment: 12, line: 345 })
    await inbox.close()
  })
})
