import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canMount, mountSmallDisk } from '@/cli/testing/small-disk'
import type { ReceivedEvent } from './event-list'
import { Inbox } from './inbox.node.ts'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'auditweave-inbox-')) })
afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

function event(auditID: string, says = 'one', stage = 'ResponseComplete'): ReceivedEvent {
  return { auditID, stage, line: JSON.stringify({ kind: 'Event', auditID, stage, says }), stageMicros: null }
}

async function lines(): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort()
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return texts.flatMap((text) => text.split('\n').filter((line) => line !== ''))
}

const ids = async (): Promise<string[]> => (await lines()).map((line) => (JSON.parse(line) as { auditID: string }).auditID)

describe('the inbox', () => {
  it('keeps each event once, also when it comes again after a restart', async () => {
    const inbox = await Inbox.open(folder)
    expect(await inbox.accept([event('a'), event('b'), event('a')])).toEqual({ stored: 2, duplicates: 1, conflicting: 0 })
    expect(await inbox.accept([event('b'), event('a', 'one', 'RequestReceived')])).toEqual({ stored: 1, duplicates: 1, conflicting: 0 })
    await inbox.close()
    const again = await Inbox.open(folder)
    expect(again.recovered).toEqual({ segments: 1, events: 3, cutBytes: 0 })
    expect(await again.accept([event('a'), event('c')])).toEqual({ stored: 1, duplicates: 1, conflicting: 0 })
    await again.close()
    expect(await ids()).toEqual(['a', 'b', 'a', 'c'])
  })

  it('does not let a request hide behind the audit ID of an earlier one', async () => {
    const inbox = await Inbox.open(folder)
    expect(await inbox.accept([event('a')])).toMatchObject({ stored: 1 })
    expect(await inbox.accept([event('a', 'delete everything')])).toEqual({ stored: 1, duplicates: 0, conflicting: 1 })
    await inbox.close()
    expect((await lines()).join()).toContain('delete everything')
  })

  it('cuts off what was written of a batch that nobody was told is kept, and makes lost digests again', async () => {
    const inbox = await Inbox.open(folder)
    await inbox.accept([event('a'), event('b')])
    await inbox.close()
    const file = path.join(folder, '00000001.jsonl')
    await appendFile(file, `${event('c').line}\n{"auditID":"d","sta`)
    await truncate(`${file}.keys`, 30)
    const again = await Inbox.open(folder)
    expect(again.recovered).toEqual({ segments: 1, events: 3, cutBytes: 19 })
    expect(await again.accept([event('a'), event('b'), event('c'), event('d')])).toEqual({ stored: 1, duplicates: 3, conflicting: 0 })
    await again.close()
    expect(await ids()).toEqual(['a', 'b', 'c', 'd'])
  })

  it.each([['nothing', Buffer.alloc(0)], ['zeros', Buffer.alloc(480)], ['noise', Buffer.from(Array.from({ length: 480 }, (_, i) => (i * 97) % 251))]])('starts with digests that are %s', async (_, bytes) => {
    const inbox = await Inbox.open(folder)
    await inbox.accept([event('a'), event('b')])
    await inbox.close()
    await writeFile(path.join(folder, '00000001.jsonl.keys'), bytes)
    const again = await Inbox.open(folder)
    expect(await again.accept([event('b'), event('c')])).toEqual({ stored: 1, duplicates: 1, conflicting: 0 })
    await again.close()
    expect(await ids()).toEqual(['a', 'b', 'c'])
  })

  it('turns to a new file when one is large, and remembers over files', async () => {
    const inbox = await Inbox.open(folder, { segmentBytes: 400 })
    for (let i = 0; i < 40; i++) await inbox.accept([event(`e${i}`)])
    await inbox.close()
    expect((await readdir(folder)).filter((name) => name.endsWith('.jsonl')).length).toBeGreaterThan(3)
    const again = await Inbox.open(folder, { segmentBytes: 400 })
    expect(await again.accept(Array.from({ length: 40 }, (_, i) => event(`e${i}`)))).toEqual({ stored: 0, duplicates: 40, conflicting: 0 })
    await again.close()
    expect(new Set(await ids()).size).toBe(40)
  })

  it('forgets the oldest when more than it remembers came after, in fixed memory', async () => {
    const inbox = await Inbox.open(folder, { remembered: 10 })
    for (let i = 0; i < 25; i++) await inbox.accept([event(`e${i}`)])
    expect(await inbox.accept([event('e24'), event('e15')])).toMatchObject({ duplicates: 2 })
    expect(await inbox.accept([event('e0')])).toMatchObject({ stored: 1 })
    await inbox.close()
  })

  it('is open to one process at a time', async () => {
    const inbox = await Inbox.open(folder)
    // This process's own lock is taken for that of one whose number was given again, so another's is written.
    await writeFile(path.join(folder, 'receiver.pid'), String(process.ppid))
    await expect(Inbox.open(folder)).rejects.toMatchObject({ code: 'inbox-taken' })
    await inbox.close()
    await writeFile(path.join(folder, 'receiver.pid'), '999999999')
    await (await Inbox.open(folder)).close()
  })

  it('agrees with a set of events, however they are batched, repeated and interrupted', async () => {
    const batch = fc.array(fc.record({ id: fc.integer({ min: 0, max: 30 }), says: fc.constantFrom('one', 'two') }), { maxLength: 12 })
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ batches: fc.array(batch, { minLength: 1, maxLength: 5 }), torn: fc.boolean() }), { minLength: 1, maxLength: 4 }), async (lives) => {
      const home = await mkdtemp(path.join(tmpdir(), 'auditweave-inbox-'))
      const kept = new Set<string>()
      const last = new Map<string, string>()
      try {
        for (const { batches, torn } of lives) {
          const inbox = await Inbox.open(home, { segmentBytes: 300 })
          await Promise.all(batches.map((one) => inbox.accept(one.map(({ id, says }) => event(`e${id}`, says)))))
          await inbox.close()
          for (const { id, says } of batches.flat()) {
            kept.add(`e${id} ${says}`)
            last.set(`e${id}`, says)
          }
          const newest = (await readdir(home)).filter((name) => name.endsWith('.jsonl')).sort().at(-1)
          if (torn && newest) await appendFile(path.join(home, newest), '{"auditID":"torn')
        }
        const files = (await readdir(home)).filter((name) => name.endsWith('.jsonl')).sort()
        const found = (await Promise.all(files.map((name) => readFile(path.join(home, name), 'utf8')))).join('').split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as { auditID: string; says: string })
        expect(new Set(found.map(({ auditID, says }) => `${auditID} ${says}`))).toEqual(kept)
        // Events that never contradict each other are there once.
        const peaceful = [...last.keys()].filter((id) => !(kept.has(`${id} one`) && kept.has(`${id} two`)))
        for (const id of peaceful) expect(found.filter((one) => one.auditID === id)).toHaveLength(1)
      } finally {
        await rm(home, { recursive: true, force: true })
      }
    }), { numRuns: 40 })
  })
})

describe.skipIf(!canMount())('a disk that is full', () => {
  it('keeps nothing of the batch, and goes on when there is room', async () => {
    const disk = path.join(folder, 'disk')
    const unmount = mountSmallDisk(disk)
    try {
      const inbox = await Inbox.open(disk)
      expect(await inbox.accept([event('a')])).toMatchObject({ stored: 1 })
      const large = Array.from({ length: 50 }, (_, i) => event(`l${i}`, 'x'.repeat(4000)))
      await expect(inbox.accept(large)).rejects.toMatchObject({ code: 'inbox-full' })
      expect((await stat(path.join(disk, '00000001.jsonl'))).size).toBe(event('a').line.length + 1)
      expect(await inbox.accept([event('b'), event('l0')])).toMatchObject({ stored: 2, duplicates: 0 })
      await inbox.close()
      expect((await readFile(path.join(disk, '00000001.jsonl'), 'utf8')).trim().split('\n')).toEqual([event('a').line, event('b').line, event('l0').line])
    } finally {
      unmount?.()
    }
  })
})
