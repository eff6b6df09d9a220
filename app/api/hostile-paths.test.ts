import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import type { RouteMethod } from './handle'

/** Every path that our own code hands to the file system. */
const touched = vi.hoisted(() => ({ paths: [] as string[] }))

/** The module with every function noted down before it is carried out. */
const noting = vi.hoisted(() => (module: Record<string, unknown>): Record<string, unknown> => {
  const noted = Object.entries(module).map(([name, value]) => {
    if (typeof value !== 'function' || /^[A-Z]/.test(name)) return [name, value]
    return [name, (...given: unknown[]): unknown => {
      touched.paths.push(...given.filter((one): one is string => typeof one === 'string' && one !== 'utf8'))
      return (value as (...given: unknown[]) => unknown)(...given)
    }]
  })
  return Object.fromEntries(noted) as Record<string, unknown>
})

vi.mock('node:fs', async (original) => noting(await original<Record<string, unknown>>()))
vi.mock('node:fs/promises', async (original) => noting(await original<Record<string, unknown>>()))
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const HOSTILE = [
  '', '.', '..', '../x', '../../../../etc/passwd', './../x', 'a/../b', 'a/..', '/etc/passwd', '//etc/passwd', 'file:///etc/passwd',
  '..\\x', '..\\..\\windows\\win.ini', 'C:\\windows\\win.ini', '\\\\host\\share',
  '%2e%2e%2f', '%2e%2e%2fetc%2fpasswd', '..%2f', '..%5c', '%252e%252e%252f', '..%252f', '%c0%ae%c0%ae%c0%af', '%00',
  'a\0', 'a\0.json', 'a#b', '#', 'a?b', 'a;b', 'a b', ' a', 'a ', 'a\n', '.hidden', '-x', '~', '$HOME', '__proto__',
  '\uFF0E\uFF0E\uFF0F', '\u2024\u2024', 'a\u202Eb', 'x'.repeat(65), 'x'.repeat(1 << 20),
]
/** Sound in form and not there: what shares its beginning with something that is must not be taken for it. */
const SIBLINGS = ['k8ntext-small-evil', 'k8ntext', 'sample-evil', 'sampl', 'window-size-evil', 'window', 'constructor', 'models', 'node_modules']

const api = import.meta.dirname
const routes = readdirSync(api, { recursive: true, encoding: 'utf8' }).filter((file) => /(?:^|[\\/])route\.ts$/.test(file)).map((file) => join(api, file))

interface Method { readonly name: string; readonly call: RouteMethod; readonly parameter: string; readonly address: string }

/** The methods whose address has an id or a name in it. */
async function methodsWithParameter(): Promise<Method[]> {
  const found = await Promise.all(routes.map(async (file) => {
    const parameter = /\[(\w+)\]/.exec(file)?.[1]
    if (!parameter) return []
    const module = (await import(file)) as Record<string, RouteMethod>
    return Object.entries(module).map(([name, call]) => ({ name, call, parameter, address: `/api/${relative(api, dirname(file))}` }))
  }))
  return found.flat()
}
const methods = await methodsWithParameter()

function request(method: string, address: string, body?: unknown): Request {
  const headers: Record<string, string> = { host: '127.0.0.1:3000', 'content-type': 'application/json' }
  return new Request(`http://127.0.0.1:3000${address}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

const NONE = { params: Promise.resolve({}) }

async function refused(answer: Promise<Response>): Promise<{ status: number; code: string; message: string }> {
  const response = await answer
  const { error } = (await response.json()) as { error: { code: string; message: string } }
  return { status: response.status, ...error }
}

/** What an address has besides its first id. */
const SECOND = { context: 'ctx-0000000000000000', seq: '0' }
const ACT = '7f7c1f0e-8a58-4c39-9d4f-0c4f0e7a1b11'

/** A body that a route would take, were its address sound. */
function soundBody(address: string): object {
  if (address.endsWith('/assignments')) return { assignment: 'a', state: 'closed' }
  if (address.endsWith('/reconstructions')) return {}
  if (address.endsWith('/corrections')) return { id: ACT, seen: 0, act: { kind: 'confirm', contexts: [SECOND.context] } }
  if (address.endsWith('/corrections/undo')) return { id: ACT, correction: ACT }
  if (address.endsWith('/launch')) return { dataset: 'sample', scale: 'smoke' }
  if (address.endsWith('/notebooks/[id]')) return { title: 'a', document: { cells: [], heading: true }, revision: 1 }
  if (address.endsWith('/notebooks/[id]/run')) return { cell: 'c1' }
  if (address.endsWith('/runs/[id]/about') || address.endsWith('/models/[id]/about')) return { note: 'a' }
  if (address.endsWith('/views/[id]')) return { name: 'a' }
  if (address.endsWith('/queries/saved/[id]')) return { name: 'a' }
  if (address.endsWith('/resume')) return {}
  if (address.endsWith('/priority')) return { priority: 1 }
  if (address.endsWith('/launches/[id]/note')) return { note: 'a' }
  if (address.endsWith('/labelling/batches')) return { id: '7f7c1f0e-8a58-4c39-9d4f-0c4f0e7a1b11', kind: 'label', title: 'a', assignment: null, changes: [{ auditID: 'a', act: { kind: 'clear' }, suggestion: null, seen: 0 }] }
  if (/\/labelling\/(?:undo|redo)$/.test(address)) return { batch: 'a' }
  if (address.endsWith('/labelling/suggestions')) return {}
  if (address.endsWith('/labelling/rules')) return { rules: ['non-api'] }
  if (/\/datasets\/\[id\]\/(?:versions|card)$/.test(address)) return {}
  if (address.endsWith('/versions/restore')) return { number: 1 }
  if (address.endsWith('/splits')) return { name: 'a', spec: { protocol: 'random', seed: 1, validation: 0.1, test: 0.1 } }
  if (address.endsWith('/derive')) return { kind: 'slice', name: 'a', spec: { users: ['a'] } }
  if (address.endsWith('/import-labels')) return { uploadId: 'a', name: 'a' }
  if (address.endsWith('/watches/[id]')) return { enabled: false }
  if (address.endsWith('/acknowledge')) return {}
  return { action: address.includes('/models/') ? 'archive' : 'stop' }
}

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(async () => {
  await (await import('@/lib/jobs/queue')).closeQueue()
  await database.close()
})
afterEach(() => { touched.paths.length = 0 })

describe('an id or a name in an address', () => {
  it('is taken by the routes that are known to', () => {
    expect(methods.map(({ name, address }) => `${name} ${address}`).sort()).toEqual([
      'DELETE /api/annotators/[id]', 'DELETE /api/datasets/[id]', 'DELETE /api/datasets/[id]/splits', 'DELETE /api/notebooks/[id]', 'DELETE /api/notebooks/[id]/share', 'DELETE /api/queries/saved/[id]', 'DELETE /api/reconstructions/[id]', 'DELETE /api/views/[id]', 'DELETE /api/watches/[id]',
      'GET /api/datasets/[id]', 'GET /api/datasets/[id]/adjudication', 'GET /api/datasets/[id]/agreement', 'GET /api/datasets/[id]/assignments', 'GET /api/datasets/[id]/card', 'GET /api/datasets/[id]/checks', 'GET /api/datasets/[id]/checks/drift', 'GET /api/datasets/[id]/events', 'GET /api/datasets/[id]/export', 'GET /api/datasets/[id]/labelling/history', 'GET /api/datasets/[id]/labelling/labels', 'GET /api/datasets/[id]/labelling/learning', 'GET /api/datasets/[id]/labelling/log', 'GET /api/datasets/[id]/labelling/queue', 'GET /api/datasets/[id]/labelling/rules', 'GET /api/datasets/[id]/labelling/suggestions', 'GET /api/datasets/[id]/reconstructions', 'GET /api/datasets/[id]/splits', 'GET /api/datasets/[id]/versions', 'GET /api/datasets/[id]/versions/differences', 'GET /api/live/contexts/[context]', 'GET /api/live/contexts/[context]/lines/[seq]', 'GET /api/live/contexts/[context]/picture', 'GET /api/models/[id]/explanation', 'GET /api/models/[id]/folder', 'GET /api/models/[id]/manifest', 'GET /api/models/[id]/neighbours', 'GET /api/models/[id]/weights', 'GET /api/notebooks/[id]', 'GET /api/notebooks/[id]/export', 'GET /api/notebooks/[id]/sources', 'GET /api/reconstructions/[id]', 'GET /api/reconstructions/[id]/contexts', 'GET /api/reconstructions/[id]/contexts/[context]/download', 'GET /api/reconstructions/[id]/contexts/[context]/picture', 'GET /api/reconstructions/[id]/contexts/[context]/revisions', 'GET /api/reconstructions/[id]/corrections', 'GET /api/reconstructions/[id]/export', 'GET /api/reconstructions/[id]/lines/[seq]', 'GET /api/runs/[id]/model',
      'POST /api/datasets/[id]/assignments', 'POST /api/datasets/[id]/derive', 'POST /api/datasets/[id]/import-labels', 'POST /api/datasets/[id]/labelling/batches', 'POST /api/datasets/[id]/labelling/learning', 'POST /api/datasets/[id]/labelling/redo', 'POST /api/datasets/[id]/labelling/rules', 'POST /api/datasets/[id]/labelling/suggestions', 'POST /api/datasets/[id]/labelling/undo', 'POST /api/datasets/[id]/reconstructions', 'POST /api/datasets/[id]/splits', 'POST /api/datasets/[id]/stop', 'POST /api/datasets/[id]/versions', 'POST /api/datasets/[id]/versions/restore', 'POST /api/experiments/[name]/launch', 'POST /api/experiments/batches/[id]/resume', 'POST /api/experiments/batches/[id]/stop', 'POST /api/experiments/launches/[id]/priority', 'POST /api/experiments/launches/[id]/resume', 'POST /api/experiments/launches/[id]/stop', 'POST /api/live/alerts/[id]/acknowledge', 'POST /api/models/[id]/actions', 'POST /api/models/[id]/explanation', 'POST /api/notebooks/[id]/run', 'POST /api/notebooks/[id]/share', 'POST /api/reconstructions/[id]/corrections', 'POST /api/reconstructions/[id]/corrections/undo', 'POST /api/reconstructions/[id]/stop', 'POST /api/runs/[id]/actions', 'POST /api/use-cases/[id]/alerts', 'POST /api/watches/[id]/restore',
      'PUT /api/datasets/[id]/card', 'PUT /api/experiments/launches/[id]/note', 'PUT /api/models/[id]/about', 'PUT /api/notebooks/[id]', 'PUT /api/queries/saved/[id]', 'PUT /api/runs/[id]/about', 'PUT /api/views/[id]', 'PUT /api/watches/[id]',
    ])
  })

  it.each(methods)('is refused when it is a path, before any file is touched: $name $address', async ({ name, call, parameter, address }) => {
    for (const hostile of HOSTILE) {
      touched.paths.length = 0
      const answer = await refused(call(request(name, '/api/x', name === 'POST' ? {} : undefined), { params: Promise.resolve({ [parameter]: hostile }) }))
      expect(answer, `${address} ${JSON.stringify(hostile.slice(0, 80))}`).toMatchObject({ status: 400, code: 'bad-request', message: expect.stringMatching(new RegExp(`^The request is not as expected\\. ${parameter}: not an? `)) as unknown })
      expect(touched.paths, JSON.stringify(hostile.slice(0, 80))).toEqual([])
    }
  })

  it.each(methods)('is refused when it comes as a list: $name $address', async ({ name, call, parameter }) => {
    const answer = await refused(call(request(name, '/api/x', name === 'POST' ? {} : undefined), { params: Promise.resolve({ [parameter]: ['a', '..'] }) }))
    expect(answer).toMatchObject({ status: 400, code: 'bad-request' })
    expect(touched.paths).toEqual([])
  })

  it.each(methods)('leads to nothing that only begins as it does: $name $address', async ({ name, call, parameter, address }) => {
    const body = soundBody(address)
    for (const sibling of SIBLINGS) {
      touched.paths.length = 0
      const answer = await refused(call(request(name, '/api/x', name === 'POST' || name === 'PUT' ? body : undefined), { params: Promise.resolve({ ...SECOND, [parameter]: sibling }) }))
      expect(answer, sibling).toMatchObject(sibling.includes('_') && address.endsWith('/launch') ? { status: 400 } : { status: 404, code: expect.stringMatching(/^unknown-/) as unknown })
      expect(touched.paths.filter((path) => path.split(/[\\/]/).includes(sibling) && sibling !== 'models'), sibling).toEqual([])
    }
  })
})

describe('an id or a name in a query or a body', () => {
  const cases: [string, (hostile: string) => Promise<Response>][] = [
    ['the run of a stream', async (run) => (await import('./events/route')).GET(request('GET', `/api/events?${new URLSearchParams({ run }).toString()}`), NONE)],
    ['a capture that ships', async (shipped) => (await import('./datasets/route')).POST(request('POST', '/api/datasets', { shipped }), NONE)],
    ['the name of an import', async (name) => (await import('./datasets/route')).POST(request('POST', '/api/datasets', { shipped: 'sample', name }), NONE)],
    ['an upload', async (uploadId) => (await import('./datasets/route')).POST(request('POST', '/api/datasets', { name: 'a', uploadId, uploadName: 'a' }), NONE)],
    ['an upload of truth', async (truthUploadId) => (await import('./datasets/route')).POST(request('POST', '/api/datasets', { name: 'a', uploadId: 'a', truthUploadId, uploadName: 'a' }), NONE)],
    ['the data set of a launch', async (dataset) => (await import('./experiments/[name]/launch/route')).POST(request('POST', '/api/x', { dataset, scale: 'smoke' }), { params: Promise.resolve({ name: 'window-size' }) })],
  ]
  it.each(cases)('is refused when it is a path: %s', async (_, ask) => {
    for (const hostile of HOSTILE) {
      touched.paths.length = 0
      // Beyond a megabyte the body itself is refused.
      const answer = await refused(ask(hostile))
      expect([400, 413], JSON.stringify(hostile.slice(0, 80))).toContain(answer.status)
      expect(touched.paths, JSON.stringify(hostile.slice(0, 80))).toEqual([])
    }
  })

  it('leads to no capture or upload that only begins as it does', async () => {
    const { POST } = await import('./datasets/route')
    for (const sibling of SIBLINGS) {
      expect(await refused(POST(request('POST', '/api/datasets', { shipped: sibling }), NONE))).toMatchObject({ status: 404, code: 'unknown-capture' })
      expect(await refused(POST(request('POST', '/api/datasets', { name: 'a', uploadId: sibling, uploadName: 'a' }), NONE))).toMatchObject({ status: 404, code: 'unknown-upload' })
    }
    expect(touched.paths.filter((path) => SIBLINGS.some((sibling) => path.endsWith(`/${sibling}`) && sibling !== 'models'))).toEqual([])
  })
})

describe('the name of an upload', () => {
  const send = async (name: string): Promise<Response> => (await import('./uploads/route')).POST(new Request(`http://127.0.0.1:3000/api/uploads?${new URLSearchParams({ name }).toString()}`, { method: 'POST', headers: { host: '127.0.0.1:3000' }, body: 'bytes' }), NONE)

  it.each(['', '.', '..', '../x', '/etc/passwd', '..\\x', 'C:\\x', 'a/b', 'a\0', 'a\nb', 'x'.repeat(256)])('is refused when it is a path: %j', async (name) => {
    expect(await refused(send(name))).toMatchObject({ status: 400, message: expect.stringMatching(/^The request is not as expected\. name: /) as unknown })
    expect(touched.paths).toEqual([])
  })

  it.each(['%2e%2e%2fx', '%252e', 'a#b', 'audit.jsonl.gz', '...', '<img src=x>'])('is only repeated, and names no file: %j', async (name) => {
    const response = await send(name)
    expect(response.status).toBe(200)
    const { id, name: repeated } = (await response.json()) as { id: string; name: string }
    expect([/^[0-9a-z]{12}$/.test(id), repeated]).toEqual([true, name])
    const uploads = join(database.home, 'uploads')
    for (const path of touched.paths) expect(relative(uploads, path)).toMatch(/^(?:[0-9a-z]{12}(?:\.[0-9a-f-]{36})?)?$/)
    expect(readdirSync(uploads)).toContain(id)
  })
})
