import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './testing/run-cli'

const BIN = fileURLToPath(new URL('../bin/auditweave.mjs', import.meta.url))
const TOKEN = 'sixteen-characters-or-more'
let folder = ''
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'auditweave-receive-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Running { readonly process: ChildProcess; readonly url: string }

async function start(): Promise<Running> {
  const child = spawn(process.execPath, [BIN, 'receive', '--port', '0', '--folder', folder], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, AUDITWEAVE_RECEIVE_TOKEN: TOKEN } })
  let said = ''
  child.stderr.setEncoding('utf8')
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: string) => {
      said += chunk
      const found = /Receiving on (\S+)/.exec(said)?.[1]
      if (found && said.includes('Keeping events')) resolve(found)
    })
    child.once('exit', () => reject(new Error(said)))
  })
  return { process: child, url }
}

const batch = (from: number, count: number): string => JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: Array.from({ length: count }, (_, i) => ({ level: 'Metadata', auditID: `id-${from + i}`, stage: 'ResponseComplete', verb: 'get', requestURI: `/${'x'.repeat(500)}` })) })

async function post(url: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }, body })
    return response.status === 200
  } catch {
    return false
  }
}

function keptIds(): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  return files.flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { auditID: string }).auditID))
}

describe('auditweave receive', () => {
  it('has every acknowledged event once after SIGKILL in the middle of batches, and those sent again', { timeout: 120_000 }, async () => {
    const acknowledged = new Set<number>()
    const SIZE = 100
    let next = 0
    for (let lives = 0; lives < 3; lives++) {
      const { process: receiver, url } = await start()
      const exited = once(receiver, 'exit')
      const life = new AbortController()
      const senders = Array.from({ length: 4 }, async () => {
        while (!life.signal.aborted) {
          const from = SIZE * next++
          if (await post(url, batch(from, SIZE))) acknowledged.add(from)
        }
      })
      while (acknowledged.size < 10 * (lives + 1)) await new Promise((resolve) => setTimeout(resolve, 5))
      receiver.kill('SIGKILL')
      await exited
      life.abort()
      await Promise.all(senders)
    }
    const { process: receiver, url } = await start()
    // What was not acknowledged is sent again, as kube-apiserver does; some of what was, too.
    for (let from = 0; from < SIZE * next; from += SIZE) if (!acknowledged.has(from) || from % 300 === 0) expect(await post(url, batch(from, SIZE))).toBe(true)
    receiver.kill('SIGTERM')
    expect((await once(receiver, 'exit'))[0]).toBe(0)
    const ids = keptIds()
    expect(ids.length).toBe(new Set(ids).size)
    expect(new Set(ids)).toEqual(new Set(Array.from({ length: SIZE * next }, (_, i) => `id-${i}`)))
  })

  it('goes on when nobody reads what it says', async () => {
    const { process: receiver, url } = await start()
    receiver.stderr?.destroy()
    expect(await post(url, '{}')).toBe(false)
    expect(await post(url, batch(0, 3))).toBe(true)
    receiver.kill('SIGTERM')
    expect((await once(receiver, 'exit'))[0]).toBe(0)
  })

  it('keeps what other commands read', () => {
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
    const { code, stdout } = runCli(['reconstruct', path.join(folder, file ?? ''), '--model', 'none'])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n').length).toBe(readFileSync(path.join(folder, file ?? ''), 'utf8').trim().split('\n').length)
  })

  it.each([
    [['--host', '0.0.0.0'], 2, /anybody could send events/],
    [['--tls-cert', 'x.pem'], 2, /both --tls-cert and --tls-key/],
    [['--tls-cert', '/nowhere/x.pem', '--tls-key', '/nowhere/y.pem'], 1, /could not be read/],
    [['--token-file', '/dev/null'], 1, /holds no token/],
  ])('says what is wrong with %j', (args, code, message) => {
    const result = runCli(['receive', '--port', '0', '--folder', path.join(folder, 'other'), ...args], { env: { AUDITWEAVE_RECEIVE_TOKEN: '' } })
    expect(result).toMatchObject({ code, stderr: expect.stringMatching(message) as unknown })
  })
})
