import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLock, takeLock } from '@/lib/store/cluster/lock-file'
import { accessToken, addressFor, isLoopback } from './access'
import { choosePort } from './port'

let home = ''
beforeEach(() => { home = mkdtempSync(path.join(tmpdir(), 'auditweave-start-')) })
afterEach(() => rmSync(home, { recursive: true, force: true }))

function auditweave(parameters: string[], env: Record<string, string> = {}): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, ['bin/auditweave.mjs', ...parameters], { env: { ...process.env, AUDITWEAVE_HOME: home, DATABASE_URL: '', AUDITWEAVE_DATABASE_URL: '', ...env }, encoding: 'utf8', timeout: 60_000 })
  return { status, stderr }
}

async function listen(port = 0): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}
const portOf = (server: Server) => (server.address() as AddressInfo).port

describe('a second start on one data folder', () => {
  it('names the first and ends with 1', () => {
    const lock = takeLock(path.join(home, 'start.lock'))
    if (!isLock(lock)) throw new Error('not taken')
    lock.annotate('http://127.0.0.1:3456')
    const { status, stderr } = auditweave(['start'])
    expect(stderr).toBe(`auditweave: Auditweave runs already on the data folder ${home} (process ${process.pid}) at http://127.0.0.1:3456. Open that, stop it first, or set AUDITWEAVE_HOME to use another folder.\n`)
    expect(status).toBe(1)
    lock.release()
  })
})

describe('a database that is down', () => {
  it('is told at once, before anything is built', async () => {
    const server = await listen()
    const port = portOf(server)
    await new Promise((resolve) => server.close(resolve))
    const { status, stderr } = auditweave(['start', '--no-worker'], { DATABASE_URL: `postgresql://a:b@127.0.0.1:${port}/x` })
    expect(stderr).toContain(`auditweave: The database at 127.0.0.1:${port} does not answer. Start it (npm start runs the embedded one), or correct DATABASE_URL; what was saved is kept.`)
    expect(status).toBe(1)
  })

  it('must be an address of PostgreSQL', () => {
    const { status, stderr } = auditweave(['worker'], { DATABASE_URL: 'mysql://localhost/x' })
    expect(stderr).toContain('The environment variable DATABASE_URL must begin with postgresql://. Correct or unset it and start again.')
    expect(status).toBe(1)
  })
})

describe('choosePort', () => {
  it('takes the next free one', async () => {
    const taken = await listen()
    const port = portOf(taken)
    expect(await choosePort('127.0.0.1', undefined, { first: port, last: port + 20 })).toBeGreaterThan(port)
    taken.close()
  })

  it('says when the one asked for is taken', async () => {
    const taken = await listen()
    await expect(choosePort('127.0.0.1', portOf(taken))).rejects.toMatchObject({ code: 'port-taken', message: `Port ${portOf(taken)} on 127.0.0.1 is taken. Stop what listens there, name another with --port, or leave it out to get a free one.` })
    taken.close()
  })

  it('says when none is free', async () => {
    const taken = await listen()
    const port = portOf(taken)
    await expect(choosePort('127.0.0.1', undefined, { first: port, last: port })).rejects.toMatchObject({ code: 'no-free-port', message: `No free port on 127.0.0.1: ${port} to ${port} are all taken. Stop what listens there, or name another with --port.` })
    taken.close()
  })

  it('refuses what is no port', async () => {
    for (const bad of [0, -1, 1.5, 65_536, Number.NaN]) await expect(choosePort('127.0.0.1', bad)).rejects.toMatchObject({ code: 'bad-port' })
  })
})

describe('access', () => {
  it('asks for a token as soon as other machines can reach it', () => {
    expect(accessToken('127.0.0.1')).toEqual({ token: null, generated: false })
    const { token, generated } = accessToken('0.0.0.0')
    expect([token?.length, generated]).toEqual([32, true])
    expect(accessToken('0.0.0.0').token).not.toBe(token)
  })

  it('knows loopback addresses', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].map(isLoopback)).toEqual([true, true, true, true])
    expect(['0.0.0.0', '::', '10.0.0.1', 'localhost.evil.example', '127.0.0.1.example'].map(isLoopback)).toEqual([false, false, false, false, false])
  })

  it('gives an address that can be opened', () => {
    expect([addressFor('127.0.0.1', 3000), addressFor('0.0.0.0', 80), addressFor('::1', 1)]).toEqual(['http://127.0.0.1:3000', 'http://127.0.0.1:80', 'http://[::1]:1'])
  })
})
