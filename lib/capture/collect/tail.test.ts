import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Tail } from './tail.node.ts'

let folder = ''
let file = ''
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'auditweave-tail-')); file = path.join(folder, 'audit.log'); writeFileSync(file, 'before\nhalf') })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('Tail', () => {
  it('gives whole lines from where the file ended, over rotation and truncation, each once', async () => {
    const lines: string[] = []
    const tail = await Tail.start(file, (line) => lines.push(line))
    appendFileSync(file, ' line\none\ntw')
    await tail.read()
    appendFileSync(file, 'o\nä'.slice(0, 3))
    await tail.read()
    appendFileSync(file, 'ö\nlast of the old\n')
    renameSync(file, `${file}.1`)
    writeFileSync(file, 'first of the new\n')
    await tail.read()
    truncateSync(file)
    await tail.read()
    appendFileSync(file, 'again\nnever ended')
    await tail.stop()
    expect(lines).toEqual([' line', 'one', 'two', 'äö', 'last of the old', 'first of the new', 'again'])
  })

  it('says what is not there', async () => {
    await expect(Tail.start(path.join(folder, 'none'), () => {})).rejects.toMatchObject({ code: 'cannot-read' })
  })
})
