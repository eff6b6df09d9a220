import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AnnotatorRole } from '@/lib/labelling/types'
import { addAnnotator, disableAnnotator, pickAnnotator } from '@/lib/store/labelling/annotators'
import { sql } from '@/lib/store/database'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import type { RouteMethod } from './handle'
import { NAME_COOKIE } from './who'

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({ cookies: async () => ({
  get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined), set: (name: string, value: string) => jar.set(name, value), delete: (name: string) => jar.delete(name),
}) }))

/** What changes something and is meant for an annotator; everything else that does is the owner's or, below, a reviewer's. */
const ANNOTATORS = [
  'DELETE /session', 'POST /session', 'POST /datasets/[id]/labelling/batches', 'POST /datasets/[id]/labelling/undo', 'POST /datasets/[id]/labelling/redo', 'POST /datasets/[id]/labelling/suggestions',
  'POST /queries/run', 'POST /use-cases/[id]/alerts',
  'POST /reconstructions/[id]/corrections', 'POST /reconstructions/[id]/corrections/undo',
]
const REVIEWERS: string[] = [
  'POST /datasets/[id]/assignments', 'POST /datasets/[id]/labelling/learning', 'POST /datasets/[id]/labelling/rules',
  'POST /datasets/[id]/versions', 'POST /datasets/[id]/versions/restore', 'POST /datasets/[id]/splits', 'DELETE /datasets/[id]/splits', 'PUT /datasets/[id]/card', 'POST /datasets/[id]/import-labels',
  'POST /datasets/[id]/reconstructions',
]

const TOKEN = 'a-token-of-this-test'
let database: TestDatabase
const tokens = new Map<AnnotatorRole, string>()
beforeAll(async () => {
  database = await openTestDatabase()
  for (const role of ['owner', 'reviewer', 'annotator'] as const) tokens.set(role, (await addAnnotator(`the ${role}`, role)).token)
})
afterAll(async () => {
  await (await import('@/lib/jobs/queue')).closeQueue()
  await database.close()
})
afterEach(() => {
  jar.clear()
  vi.unstubAllEnvs()
})

interface Method { readonly title: string; readonly verb: string; readonly call: RouteMethod }

async function changingMethods(): Promise<Method[]> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /(?:^|[\\/])route\.tsx?$/.test(file))
  const found = await Promise.all(files.map(async (file) => {
    const module = (await import(join(import.meta.dirname, file))) as Record<string, RouteMethod>
    return Object.entries(module).map(([verb, call]) => ({ title: `${verb} /${relative('.', dirname(file))}`, verb, call }))
  }))
  return found.flat().filter(({ verb }) => verb !== 'GET' && verb !== 'HEAD').sort((a, b) => (a.title < b.title ? -1 : 1))
}
const methods = await changingMethods()

/** Asks with nothing in hand: what passes the rights fails for its parameters, and so changes nothing. */
async function ask({ verb, call }: Method, token: string | undefined): Promise<string | undefined> {
  vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
  const headers: Record<string, string> = { host: '127.0.0.1:3000', 'content-type': 'application/json', authorization: `Bearer ${token ?? ''}` }
  const response = await call(new Request('http://127.0.0.1:3000/api/x', { method: verb, headers, body: '[]' }), { params: Promise.resolve({ id: '..', name: '..' }) })
  return ((await response.json()) as { error?: { code: string } }).error?.code
}

describe('what changes something', () => {
  it('is named with the roles it is for', () => {
    expect(methods.map(({ title }) => title)).toEqual(expect.arrayContaining([...ANNOTATORS, ...REVIEWERS]))
    expect(methods.length).toBeGreaterThan(30)
  })

  it.each(methods)('is refused to those it is not for: $title', async (method) => {
    const refused = async (role: AnnotatorRole): Promise<boolean> => (await ask(method, tokens.get(role))) === 'role-required'
    const [annotators, reviewers] = [ANNOTATORS.includes(method.title), ANNOTATORS.includes(method.title) || REVIEWERS.includes(method.title)]
    expect([await refused('annotator'), await refused('reviewer'), await refused('owner')]).toEqual([!annotators, !reviewers, false])
  })
})

describe('labels that count for more', () => {
  it.each(['rule', 'adjudicate', 'import'])('of kind %s take a reviewer', async (kind) => {
    vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
    const { POST } = await import('./datasets/[id]/labelling/batches/route')
    const body = JSON.stringify({ id: crypto.randomUUID(), kind, title: 'a', assignment: null, changes: [{ auditID: 'a', act: { kind: 'clear' }, suggestion: null, seen: 0 }] })
    const send = async (role: AnnotatorRole): Promise<number> => (await POST(new Request('http://127.0.0.1:3000/api/x', { method: 'POST', headers: { host: 'h', 'content-type': 'application/json', authorization: `Bearer ${tokens.get(role) ?? ''}` }, body }), { params: Promise.resolve({ id: 'none' }) })).status
    expect([await send('annotator'), await send('reviewer')]).toEqual([403, 404])
  })
})

describe('an annotator\'s token', () => {
  const me = async (headers: Record<string, string> = {}): Promise<{ status: number; annotator?: { name: string; role: string } }> => {
    const { GET } = await import('./annotators/me/route')
    const response = await GET(new Request('http://127.0.0.1:3000/api/annotators/me', { headers: { host: '127.0.0.1:3000', ...headers } }), { params: Promise.resolve({}) })
    return { status: response.status, ...((await response.json()) as object) }
  }
  const signIn = async (token: string): Promise<number> => {
    const { POST } = await import('./session/route')
    return (await POST(new Request('http://127.0.0.1:3000/api/session', { method: 'POST', headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' }, body: JSON.stringify({ token }) }), { params: Promise.resolve({}) })).status
  }

  it('opens a session under the name and role it was given for, until it is disabled', async () => {
    vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
    const { annotator, token } = await addAnnotator('Dora', 'annotator')
    expect(await me({ authorization: `Bearer ${token}` })).toMatchObject({ status: 200, annotator: { name: 'Dora', role: 'annotator' } })
    expect(await signIn(token)).toBe(200)
    expect(await me()).toMatchObject({ status: 200, annotator: { id: annotator.id, name: 'Dora', role: 'annotator' } })
    // Nobody labels under a name that another signs in with.
    jar.set(NAME_COOKIE, `${annotator.id}~Eve`)
    expect((await me()).annotator?.name).toBe('Dora')
    await expect(pickAnnotator('Dora')).rejects.toMatchObject({ code: 'annotator-taken' })
    await expect(addAnnotator('Dora', 'owner')).rejects.toMatchObject({ code: 'annotator-taken' })
    await disableAnnotator(annotator.id)
    expect([(await me()).status, (await me({ authorization: `Bearer ${token}` })).status, await signIn(token)]).toEqual([401, 401, 401])
    expect((await addAnnotator('Dora', 'reviewer')).token).not.toBe(token)
  })

  it('is stored nowhere, and what is stored or lies in a cookie opens nothing else', async () => {
    vi.stubEnv('AUDITWEAVE_TOKEN', TOKEN)
    const { token } = await addAnnotator('Finn', 'annotator')
    const [row] = await sql<{ token_hash: string }>(`SELECT token_hash FROM annotators WHERE name = 'Finn'`)
    expect(JSON.stringify(await sql('SELECT * FROM annotators'))).not.toContain(token)
    expect(await signIn(token)).toBe(200)
    const cookie = jar.get('auditweave_session') ?? ''
    jar.clear()
    for (const held of [row?.token_hash ?? '', `awa_${row?.token_hash}`]) {
      jar.set('auditweave_session', held)
      expect((await me()).status).toBe(401)
      expect((await me({ authorization: `Bearer ${held}` })).status).toBe(401)
    }
    jar.clear()
    expect((await me({ authorization: `Bearer ${cookie}` })).status).toBe(401)
  })

  it('is not asked for on this machine alone: whoever sits there picks a name and has all rights', async () => {
    const { PUT } = await import('./annotators/me/route')
    const pick = async (name: string): Promise<number> => (await PUT(new Request('http://127.0.0.1:3000/api/annotators/me', { method: 'PUT', headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' }, body: JSON.stringify({ name }) }), { params: Promise.resolve({}) })).status
    expect((await me()).annotator).toEqual({ id: 'owner', name: 'owner', role: 'owner' })
    expect(await pick('Åsa ~ "x"')).toBe(400)
    expect(await pick('Åsa O\'Neil')).toBe(200)
    expect((await me()).annotator).toMatchObject({ name: 'Åsa O\'Neil', role: 'owner' })
    jar.set(NAME_COOKIE, 'x~%E0%A4%A')
    expect((await me()).annotator?.name).toBe('owner')
  })
})
