import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeNewHome, refusedStart, removeHome, startApplication, type Application } from './application'
import { alive, descendants, postgresOf } from './processes'

const STOP_MS = 10_000

interface Listed { readonly id: string; readonly name: string; readonly state: string; readonly events: number }

async function datasets(url: string): Promise<Listed[]> {
  const response = await fetch(`${url}/api/datasets`)
  expect(response.status).toBe(200)
  return (await response.json()) as Listed[]
}

describe('auditweave start', () => {
  let home = ''
  let application: Application
  beforeAll(async () => {
    home = makeNewHome()
    application = await startApplication({ home })
  })
  afterAll(async () => {
    await application?.stop()
    removeHome(home)
  })

  it('prints an address that answers, and where the data are', async () => {
    await expect.poll(() => application.output(), { timeout: 5000 }).toContain(`Data: ${home}. Ctrl-C stops everything.`)
    expect(application.output()).toContain(`Auditweave is ready: ${application.url}\n`)
    const page = await fetch(application.url)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).not.toContain("'unsafe-eval'")
    expect(await page.text()).toContain('<main')
  })

  it('answers no other host and no other site', async () => {
    expect((await fetch(`${application.url}/api/datasets`, { headers: { origin: 'http://evil.example' } })).status).toBe(403)
    // Also where Next's own parts would answer: a page shows no data to a foreign name.
    const { port } = new URL(application.url)
    const { request } = await import('node:http')
    const foreign = request({ host: '127.0.0.1', port, path: '/api/datasets', headers: { host: 'evil.example' } }).end()
    const [answer] = (await once(foreign, 'response')) as [{ statusCode: number; resume(): void }]
    answer.resume()
    expect(answer.statusCode).toBe(421)
  })

  it('keeps the password of its database to its owner', () => {
    expect((statSync(join(home, 'postgres.password')).mode & 0o777).toString(8)).toBe('600')
  })

  it('listens on this machine alone', async () => {
    const { networkInterfaces } = await import('node:os')
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)
    for (const { address } of others) await expect(fetch(`http://${address}:${new URL(application.url).port}/api/status`, { signal: AbortSignal.timeout(3000) }), address).rejects.toThrow()
  })

  it('is refused a second time on the same data folder, told where the first runs', () => {
    const { code, stdout, stderr } = refusedStart(home, [])
    expect(stderr).toBe(`auditweave: Auditweave runs already on the data folder ${home} (process ${application.process.pid}) at ${application.url}. Open that, stop it first, or set AUDITWEAVE_HOME to use another folder.\n`)
    expect([code, stdout]).toEqual([1, ''])
  })

  it('takes a data set in', async () => {
    const response = await fetch(`${application.url}/api/datasets`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"shipped":"sample"}' })
    expect(response.status).toBe(200)
    await expect.poll(async () => (await datasets(application.url)).map(({ name, state }) => `${name} ${state}`), { timeout: 60_000 }).toEqual(['sample ready'])
  })

  it('is back after kill -9, with its data; what it had started is gone or used again', async () => {
    const before = await datasets(application.url)
    const children = [...descendants(application.process.pid as number).keys()]
    expect(children.length).toBeGreaterThanOrEqual(2)
    application.process.kill('SIGKILL')
    await once(application.process, 'exit')
    await expect.poll(() => alive(children), { timeout: STOP_MS }).toEqual([])
    application = await startApplication({ home })
    expect(await datasets(application.url)).toEqual(before)
    expect(before).toMatchObject([{ name: 'sample', state: 'ready', events: 915 }])
  })

  it('ends with 0 within ten seconds of SIGTERM and leaves no process behind', async () => {
    const children = descendants(application.process.pid as number)
    const postgres = postgresOf(home)
    const all = [...children.keys(), ...postgres]
    expect([...children.values()].filter((args) => /auditweave\.mjs worker/.test(args))).not.toEqual([])
    expect([...children.values()].filter((args) => /next/.test(args))).not.toEqual([])
    expect(alive(postgres).length).toBeGreaterThan(1)
    const began = performance.now()
    expect(await application.stop()).toBe(0)
    expect(performance.now() - began).toBeLessThan(STOP_MS)
    expect(application.output()).toContain('Stopped.\n')
    expect(alive(all)).toEqual([])
  })

  it('leaves the data folder free for the next start, and the data in it', async () => {
    application = await startApplication({ home })
    expect(await datasets(application.url)).toMatchObject([{ name: 'sample', state: 'ready' }])
    expect(await application.stop()).toBe(0)
  })
})

describe('auditweave start --port', () => {
  it('says when the port is taken, and starts nothing', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const home = makeNewHome()
    try {
      const { code, stdout, stderr } = refusedStart(home, ['--port', String(port)])
      expect(stderr).toBe(`auditweave: Port ${port} on 127.0.0.1 is taken. Stop what listens there, name another with --port, or leave it out to get a free one.\n`)
      expect([code, stdout]).toEqual([1, ''])
    } finally {
      taken.close()
      removeHome(home)
    }
  })
})

describe('auditweave start --host 0.0.0.0', () => {
  let home = ''
  let application: Application
  let token = ''
  beforeAll(async () => {
    home = makeNewHome()
    application = await startApplication({ home, args: ['--host', '0.0.0.0', '--no-worker'] })
    await vi.waitFor(() => expect(application.output()).toContain('Ctrl-C stops everything'), { timeout: 5000 })
    token = /asks for this token: (\S+)/.exec(application.output())?.[1] ?? ''
  })
  afterAll(async () => {
    await application?.stop()
    removeHome(home)
  })

  it('prints a token of its own', () => {
    expect(token).toMatch(/^[\w-]{32}$/)
  })

  it('refuses every request without it', async () => {
    const without = await fetch(`${application.url}/api/datasets`)
    expect([without.status, await without.json()]).toEqual([401, { error: { code: 'token-required', message: 'This Auditweave asks for its token. Sign in, or send it as "Authorization: Bearer ...".' } }])
    expect((await fetch(`${application.url}/api/datasets`, { headers: { authorization: `Bearer ${token.slice(1)}` } })).status).toBe(401)
    expect((await fetch(`${application.url}/api/datasets`, { headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' } })).status).toBe(401)
  })

  it('sends pages to the sign-in', async () => {
    for (const path of ['/', '/runs', '/datasets', '/models', '/experiments', '/playground', '/compare', '/label']) {
      const page = await fetch(application.url + path, { redirect: 'manual' })
      // A page that streams has begun when its rights are asked: it then sends the browser on by what it writes.
      const ways = [page.headers.get('location'), /http-equiv="refresh" content="\d+;url=([^"]+)"/.exec(await page.text())?.[1]]
      expect(ways, `${path} ${page.status}`).toContain('/sign-in')
    }
  })

  it('answers with it, by header and by the cookie of a sign-in', async () => {
    expect((await fetch(`${application.url}/api/datasets`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    const signIn = await fetch(`${application.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })
    const cookie = signIn.headers.get('set-cookie') ?? ''
    expect([signIn.status, cookie]).toEqual([200, expect.stringMatching(/HttpOnly/i)])
    expect(cookie).toMatch(/SameSite=strict/i)
    expect(cookie).not.toContain(token)
    expect((await fetch(`${application.url}/api/datasets`, { headers: { cookie: cookie.split(';')[0] ?? '' } })).status).toBe(200)
  })
})
