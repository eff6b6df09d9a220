import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RouteMethod } from './handle'

// No database is open here: what is not refused for want of rights fails in another way, and so does the test.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined, set: () => undefined, delete: () => undefined }) }))
afterEach(() => vi.unstubAllEnvs())

const TOKEN = 'a-token-of-this-test'
/** The sign-in is asked by those who have no token yet. */
const OPEN = ['DELETE /session', 'POST /session']

interface Method { readonly title: string; readonly verb: string; readonly call: RouteMethod }

async function everyMethod(): Promise<Method[]> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /(?:^|[\\/])route\.tsx?$/.test(file))
  const found = await Promise.all(files.map(async (file) => {
    const module = (await import(join(import.meta.dirname, file))) as Record<string, RouteMethod>
    return Object.entries(module).map(([verb, call]) => ({ title: `${verb} /${relative('.', dirname(file))}`, verb, call }))
  }))
  return found.flat().sort((a, b) => (a.title < b.title ? -1 : 1))
}
const methods = await everyMethod()

async function ask({ verb, call }: Method, headers: Record<string, string>): Promise<{ status: number; code: string | undefined }> {
  const body = verb === 'GET' || verb === 'HEAD' ? {} : { body: '{}' }
  const request = new Request('http://127.0.0.1:3000/api/x', { method: verb, headers: { host: '127.0.0.1:3000', 'content-type': 'application/json', ...headers }, ...body })
  const response = await call(request, { params: Promise.resolve({ id: 'a', name: 'a' }) })
  const { error } = (await response.json()) as { error?: { code: string } }
  return { status: response.status, code: error?.code }
}

describe.each(methods)('$title', (method) => {
  it.each(['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', '169.254.169.254', '192.168.1.5:3000', '0.0.0.0:3000', ''])('does not answer for the host "%s"', async (host) => {
    expect(await ask(method, { host })).toEqual({ status: 421, code: 'host-not-allowed' })
  })

  it.each([['origin', 'http://evil.example'], ['origin', 'https://127.0.0.1:3001'], ['origin', 'null'], ['sec-fetch-site', 'cross-site'], ['sec-fetch-site', 'same-site']])('does not answer another site: %s %s', async (name, value) => {
    expect(await ask(method, { [name]: value })).toEqual({ status: 403, code: 'cross-origin' })
    vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
    expect(await ask(method, { [name]: value, authorization: `Bearer ${TOKEN}` })).toEqual({ status: 403, code: 'cross-origin' })
  })

  it.each([['none', {}], ['a wrong one', { authorization: 'Bearer wrong' }], ['half of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }], ['another scheme', { authorization: `Basic ${TOKEN}` }], ['empty', { authorization: 'Bearer ' }]])('asks for the token: %s', async (_, headers) => {
    vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
    const answer = await ask(method, headers)
    if (OPEN.includes(method.title)) expect(answer.code).not.toBe('token-required')
    else expect(answer).toEqual({ status: 401, code: 'token-required' })
  })

  // Next runs what the framework calls its middleware on this header's word; nothing here may hang on it.
  it('is not opened by a header that once let requests past checks', async () => {
    vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
    const answer = await ask(method, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy', 'x-forwarded-host': '127.0.0.1' })
    if (!OPEN.includes(method.title)) expect(answer).toEqual({ status: 401, code: 'token-required' })
  })
})

describe('open methods', () => {
  it('are those of the sign-in alone', () => {
    expect(methods.map(({ title }) => title).filter((title) => OPEN.includes(title))).toEqual(OPEN)
    expect(methods.length).toBeGreaterThanOrEqual(20)
  })

  it('give no session for a wrong token', async () => {
    vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
    const { POST } = await import('./session/route')
    const request = new Request('http://127.0.0.1:3000/api/session', { method: 'POST', headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' }, body: '{"token":"wrong"}' })
    const response = await POST(request, { params: Promise.resolve({}) })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ error: { code: 'token-required', message: 'This is not the token. It is printed by "auditweave start" and set as AUDITWEAVE_TOKEN.' } })
  })
})
