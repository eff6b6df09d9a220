import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runningAddress } from '@/lib/store/cluster/cluster'

// A worker on an embedded database stands for the whole application here: it needs no pages.

let home = ''
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'auditweave-recovery-'))
  chmodSync(home, 0o755)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function startWorker(): Promise<ChildProcess> {
  const env = { ...process.env, AUDITWEAVE_HOME: home, DATABASE_URL: '', AUDITWEAVE_DATABASE_URL: '' }
  const worker = spawn(process.execPath, ['bin/auditweave.mjs', 'worker'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  worker.stderr?.on('data', (part: Buffer) => { said += part.toString() })
  await expect.poll(() => said, { timeout: 60_000 }).toContain('is waiting for work')
  return worker
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const gone = new Promise<number | null>((resolve) => worker.once('exit', (code) => resolve(code)))
  worker.kill(signal)
  return gone
}

describe('the embedded database', () => {
  it('stops with its last user, within seconds of SIGTERM', async () => {
    const [first, second] = [await startWorker(), await startWorker()]
    expect(await end(first, 'SIGTERM')).toBe(0)
    expect(await runningAddress(home)).not.toBeNull()
    const began = performance.now()
    expect(await end(second, 'SIGINT')).toBe(0)
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(await runningAddress(home)).toBeNull()
  }, 120_000)

  it('is found again after its user was killed, and after it was killed itself', async () => {
    const first = await startWorker()
    await end(first, 'SIGKILL')
    expect(await runningAddress(home)).not.toBeNull()
    const second = await startWorker()
    await end(second, 'SIGKILL')
    process.kill(Number(readFileSync(path.join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    const third = await startWorker()
    expect(await end(third, 'SIGTERM')).toBe(0)
    expect(await runningAddress(home)).toBeNull()
    expect(readdirSync(path.join(home, 'holders'))).toEqual([])
  }, 180_000)
})
