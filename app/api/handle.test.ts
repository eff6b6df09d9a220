import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { idSchema, nameSchema } from './contracts'
import { statusOf } from './failure'
import { handle, isHandled } from './handle'
import { sessionValue } from './rights'

const jar = new Map<string, string>()
vi.mock('next/headers', () => ({ cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }) }))

afterEach(() => {
  jar.clear()
  vi.unstubAllEnvs()
})

const echo = handle({ body: z.strictObject({ n: z.number() }), bodyLimit: 50 }, async ({ body }) => body)
const read = handle({}, async () => ({ ok: true }))
const context = { params: Promise.resolve({}) }

async function ask(headers: Record<string, string>, init: RequestInit = {}, method = read): Promise<{ status: number; value: { ok?: boolean; n?: number; error?: { code: string; message: string } } }> {
  const response = await method(new Request('http://127.0.0.1:3000/api/x', { ...init, headers: { host: '127.0.0.1:3000', ...headers } }), context)
  return { status: response.status, value: (await response.json()) as { ok?: boolean } }
}

describe('who may ask', () => {
  it.each(['127.0.0.1:3000', 'localhost', '[::1]:80', 'aw.localhost:3000', '127.9.9.9'])('answers %s', async (host) => {
    expect((await ask({ host })).status).toBe(200)
  })
  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '', '192.168.1.5:3000'])('does not answer for "%s"', async (host) => {
    expect((await ask({ host })).value.error?.code).toBe('host-not-allowed')
  })
  it('answers names that are allowed', async () => {
    vi.stubEnv('AUDITWEAVE_ALLOWED_HOSTS', 'audit.example, other')
    expect((await ask({ host: 'audit.example:8080' })).status).toBe(200)
  })
  it.each([['sec-fetch-site', 'cross-site'], ['sec-fetch-site', 'same-site'], ['origin', 'http://evil.example'], ['origin', 'null'], ['origin', 'http://127.0.0.1:9999']])('refuses another origin: %s %s', async (name, value) => {
    expect((await ask({ [name]: value })).status).toBe(403)
  })
  it('lets an address typed by hand read but not change', async () => {
    expect((await ask({ 'sec-fetch-site': 'none' })).status).toBe(200)
    expect((await ask({ 'sec-fetch-site': 'none', 'content-type': 'application/json' }, { method: 'POST', body: '{"n":1}' }, echo)).status).toBe(403)
  })
  it('asks for the token when one is set, whatever the host', async () => {
    vi.stubEnv('AUDITWEAVE_TOKEN', 's3cret')
    expect((await ask({ host: 'lan.example' })).status).toBe(401)
    expect((await ask({ authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await ask({ host: 'lan.example', authorization: 'Bearer s3cret' })).status).toBe(200)
    jar.set('auditweave_session', sessionValue('s3cret'))
    expect((await ask({})).status).toBe(200)
    jar.set('auditweave_session', 's3cret')
    expect((await ask({})).status).toBe(401)
  })
})

describe('what may be asked', () => {
  const post = (body: string, headers: Record<string, string> = {}) => ask({ 'content-type': 'application/json', ...headers }, { method: 'POST', body }, echo)
  it('parses bodies by their contract', async () => {
    expect((await post('{"n":1}')).value).toEqual({ n: 1 })
    expect((await post('{"n":"1"}')).value.error?.message).toMatch(/^The request is not as expected\. n: /)
    expect((await post('{"n":1,"more":2}')).status).toBe(400)
    expect((await post('{')).value.error?.code).toBe('bad-request')
    expect((await post('{"n":1}', { 'content-type': 'text/plain' })).status).toBe(400)
  })
  it('stops reading at the limit', async () => {
    expect((await post(`{"n":1,"x":"${'x'.repeat(100)}"}`)).status).toBe(413)
  })
  it.each(['../x', '..%2fx', '%2e%2e', 'a/b', 'a\\b', '/etc/passwd', 'a\0b', '', 'x'.repeat(65), '-x', 'a#b', 'a b'])('takes "%s" neither as an id nor as a name', (text) => {
    expect(idSchema.safeParse(text).success).toBe(false)
    expect(nameSchema.safeParse(text).success).toBe(false)
  })
})

describe('how it fails', () => {
  it('tells known errors by code and message, and hides others', async () => {
    const known = handle({}, async () => { throw new AuditweaveError('unknown-run', 'There is no run 7.') })
    expect(await ask({}, {}, known)).toEqual({ status: 404, value: { error: { code: 'unknown-run', message: 'There is no run 7.' } } })
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const secret = handle({}, async () => { throw new Error('password is hunter2') })
    const { status, value } = await ask({}, {}, secret)
    expect(status).toBe(500)
    expect(JSON.stringify(value)).not.toContain('hunter2')
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })
  it.each([['unknown-dataset', 404], ['name-taken', 409], ['wrong-state', 409], ['bad-name', 400], ['wrong-truth', 400], ['database-down', 503], ['import-stopped', 422]])('%s is %d', (code, status) => {
    expect(statusOf(code)).toBe(status)
  })
  it('keeps answers out of frames and scripts', async () => {
    const response = await read(new Request('http://127.0.0.1/api/x', { headers: { host: '127.0.0.1' } }), context)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
  it('knows its own', () => {
    expect(isHandled(read)).toBe(true)
    expect(isHandled(async () => new Response())).toBe(false)
  })
})
