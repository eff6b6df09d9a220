import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLock, lockHolder, takeLock } from './lock-file'
import { ownMark } from './process-mark'

let folder = ''
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'lock-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('takeLock', () => {
  it('is held by one, and tells the others who and what', () => {
    const file = path.join(folder, 'a.lock')
    const lock = takeLock(file)
    if (!isLock(lock)) throw new Error('not taken')
    lock.annotate('http://127.0.0.1:3000')
    expect(takeLock(file)).toEqual({ ...ownMark(), note: 'http://127.0.0.1:3000' })
    lock.release()
    expect(lockHolder(file)).toBeNull()
    expect(isLock(takeLock(file))).toBe(true)
  })

  it('is taken over from a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const file = path.join(folder, 'b.lock')
    writeFileSync(file, JSON.stringify({ pid: child.pid, started: null, note: 'x' }))
    expect(isLock(takeLock(file))).toBe(false)
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    expect(isLock(takeLock(file))).toBe(true)
  })

  it.runIf(process.platform === 'linux')('is taken over when the pid was given to another process since', () => {
    const file = path.join(folder, 'c.lock')
    writeFileSync(file, JSON.stringify({ pid: process.pid, started: 'another boot:1', note: '' }))
    expect(isLock(takeLock(file))).toBe(true)
  })

  it('is taken over when the file is damaged, and leaves nothing beside it', () => {
    const file = path.join(folder, 'd.lock')
    writeFileSync(file, '{"pid":')
    expect(isLock(takeLock(file))).toBe(true)
    expect(readdirSync(folder)).toEqual(['d.lock'])
  })
})
