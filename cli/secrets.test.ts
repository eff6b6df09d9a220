import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TEXT_FORMATS } from '@/lib/export/formats'
import { openSource } from '@/lib/audit/source.node.ts'
import { sql } from '@/lib/store/database'
import { importDataset } from '@/lib/store/import-dataset'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { runCli } from './testing/run-cli'

const SAMPLE = join(import.meta.dirname, '..', 'datasets', 'sample')
const folder = mkdtempSync(join(tmpdir(), 'auditweave-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Unlike anything else in the log; the second half tells the places apart. */
const MARK = 'pla1ntedZq7x'
let places = 0
const planted = (): string => `${MARK}${String(places++).padStart(4, '0')}abcd`
const base64 = (): string => Buffer.from(planted()).toString('base64')
const webToken = (): string => `eyJhbGciOiJSUzI1NiJ9.${planted()}.c2lnbmF0dXJl`
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

interface Body { readonly resource: string; readonly subresource?: string; readonly request?: unknown; readonly response?: unknown; readonly changes?: object }

/** Where audit logs are known to hold secrets. */
const BODIES: readonly (() => Body)[] = [
  () => ({ resource: 'secrets', request: { kind: 'Secret', type: 'Opaque', stringData: { password: planted() } }, response: { kind: 'Secret', type: 'Opaque', data: { password: base64(), other: planted() } } }),
  () => ({ resource: 'secrets', response: { kind: 'SecretList', items: [{ metadata: { name: 'a' }, data: { a: planted() } }] } }),
  () => ({ resource: 'secrets', request: { data: { a: planted() }, metadata: { annotations: { [LAST_APPLIED]: JSON.stringify({ kind: 'Secret', data: { a: planted() } }) } } }, changes: { verb: 'patch' } }),
  () => ({ resource: 'secrets', request: [{ op: 'replace', path: '/data/a', value: planted() }], changes: { verb: 'patch' } }),
  () => ({ resource: 'serviceaccounts', subresource: 'token', request: { kind: 'TokenRequest', spec: { audiences: ['x'] } }, response: { kind: 'TokenRequest', status: { token: webToken() } } }),
  () => ({ resource: 'tokenreviews', request: { kind: 'TokenReview', spec: { token: webToken() } } }),
  () => ({ resource: 'configmaps', request: { kind: 'ConfigMap', data: { kubeconfig: `apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user:\n    token: ${planted()}\n    client-key-data: ${base64()}\n` } } }),
  () => ({ resource: 'configmaps', response: { kind: 'ConfigMap', data: { 'app.ini': planted() }, binaryData: { b: base64() }, metadata: { annotations: { [LAST_APPLIED]: JSON.stringify({ kind: 'ConfigMap', data: { a: planted() } }) } } } }),
  () => ({ resource: 'deployments', request: { kind: 'Deployment', metadata: { annotations: { [LAST_APPLIED]: JSON.stringify({ kind: 'List', items: [{ kind: 'Secret', data: { a: planted() } }] }) } }, spec: { template: { spec: { containers: [{ env: [{ name: 'DB_PASSWORD', value: planted() }], args: [`--token=${planted()}`] }] } } } } }),
  () => ({ resource: 'pods', subresource: 'exec', changes: { requestURI: `/api/v1/namespaces/shop/pods/a/exec?command=app&command=--password&command=${planted()}` } }),
  () => ({ resource: 'services', subresource: 'proxy', changes: { requestURI: `/api/v1/namespaces/shop/services/a/proxy/?token=${planted()}` } }),
  () => ({ resource: 'pods', changes: { userAgent: `curl/8 Bearer ${planted()}`, responseStatus: { code: 401, message: `bad credentials https://ada:${planted()}@host/` }, annotations: { 'example.com/why': `token=${planted()}` } } }),
]

const truth: string[] = []

function event(body: Body, n: number, at = '2026-11-23T07:50:00.000000Z'): string {
  const auditID = `5ec0e700-0000-4000-8000-${String(n).padStart(12, '0')}`
  truth.push(JSON.stringify({ auditID, context: `planted-${n}`, role: 'trigger', label: { group: '', resource: body.resource, subresource: body.subresource ?? '', verb: 'create', namespaced: true, single: true } }))
  return JSON.stringify({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'RequestResponse', auditID, stage: 'ResponseComplete', requestURI: `/api/v1/namespaces/shop/${body.resource}`, verb: 'create',
    user: { username: 'erin', groups: ['dev', 'system:authenticated'] }, userAgent: 'planted-tool/v1.32.4 (linux/amd64) kubernetes/4cb5f07',
    objectRef: { resource: body.resource, namespace: 'shop', name: 'a', apiVersion: 'v1', ...(body.subresource ? { subresource: body.subresource } : {}) }, responseStatus: { code: 201 },
    requestObject: body.request, responseObject: body.response, requestReceivedTimestamp: at, stageTimestamp: at, annotations: { 'authorization.k8s.io/decision': 'allow' }, ...body.changes,
  })
}

const unzip = (name: string): string => gunzipSync(readFileSync(join(SAMPLE, name))).toString()
const log = join(folder, 'audit.jsonl')
const truthFile = join(folder, 'truth.jsonl')
const sample = unzip('audit.jsonl.gz').trim().split('\n')
const timeOf = (line = '{}'): string | undefined => (JSON.parse(line) as { requestReceivedTimestamp?: string }).requestReceivedTimestamp
// Spread through the log, so that they stand in the lines that a network is trained on.
const lines = Array.from({ length: 60 }, (_, i) => event((BODIES[i % BODIES.length] as () => Body)(), i, timeOf(sample[i * 15])))
// Damaged lines: their text is kept aside for people to look at.
const damaged = BODIES.slice(0, 8).map((body, i) => event(body(), 900 + i).slice(0, -30))
const envelope = JSON.stringify({ resource: 'x', log: `{"requestObject":{"kind":"Secret","data":{"a":"${planted()}"` })
const woven = sample.flatMap((line, i) => (i % 15 === 0 ? [line, lines[i / 15] ?? line] : [line]))
writeFileSync(log, `${[...new Set(woven), ...damaged, envelope].join('\n')}\n`)
writeFileSync(truthFile, `${unzip('truth.jsonl.gz').trim()}\n${truth.join('\n')}\n`)

/** The mark in plain text, or in base64 at any of its three alignments. */
const FORMS = [MARK, ...[0, 1, 2].map((shift) => Buffer.from('x'.repeat(shift) + MARK).toString('base64').slice(shift === 0 ? 0 : 4, -4))]
function found(text: string): string[] {
  return FORMS.filter((form) => text.includes(form)).map((form) => text.slice(Math.max(0, text.indexOf(form) - 200), text.indexOf(form) + 40))
}

/** Everything in a folder, as one text. */
function contents(root: string): string {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file)).filter((file) => statSync(file).isFile())
  return files.map((file) => readFileSync(file, 'latin1')).join('\n')
}

describe('a planted secret', () => {
  it('is in the log, in every form that is looked for', () => {
    expect(places).toBeGreaterThan(80)
    const text = readFileSync(log, 'utf8')
    expect(text.split(MARK).length).toBeGreaterThan(80)
    expect(FORMS.filter((form) => form !== MARK && text.includes(form))).not.toEqual([])
  })

  it.each(TEXT_FORMATS)('is not in what reconstruct writes as %s, nor in its rejects', (format) => {
    const rejects = join(folder, `rejects-${format}.jsonl`)
    const { code, stdout, stderr } = runCli(['reconstruct', log, '--format', format, '--rejects', rejects, '--level-report'])
    expect(code).toBe(0)
    expect([found(stdout), found(stderr), found(readFileSync(rejects, 'utf8'))]).toEqual([[], [], []])
    expect(readFileSync(rejects, 'utf8').trim().split('\n').length).toBe(damaged.length + 1)
  })

  it('is not in what reconstruct writes as parquet', async () => {
    const file = join(folder, 'records.parquet')
    expect(runCli(['reconstruct', log, '--format', 'parquet', '-o', file]).code).toBe(0)
    const bytes = new Uint8Array(readFileSync(file))
    const rows = await parquetReadObjects({ file: bytes.buffer })
    expect(rows.length).toBeGreaterThan(80)
    expect(found(JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))).toEqual([])
  })

  it('is not in what a query answers', () => {
    const { code, stdout, stderr } = runCli(['query', log, 'username == "erin"'])
    expect(code).toBe(0)
    expect(stdout).not.toBe('')
    expect([found(stdout), found(stderr)]).toEqual([[], []])
  })

  it('is in what is asked for with --keep-secrets, with a warning', () => {
    const rejects = join(folder, 'rejects-kept.jsonl')
    const { stderr } = runCli(['reconstruct', log, '--keep-secrets', '--rejects', rejects])
    expect(stderr).toContain('WARNING: --keep-secrets is set')
    expect(found(readFileSync(rejects, 'utf8'))).not.toEqual([])
  })

  it('is not in a model that was trained on it', () => {
    const model = join(folder, 'model')
    const { code, stdout, stderr } = runCli(['train', 'k8ntext-small', '--dataset', log, '--truth', truthFile, '--epochs', '1', '--window', '5', '-o', model])
    expect([code, stderr]).toEqual([0, expect.stringContaining('Model written to')])
    expect([found(stdout), found(stderr), found(contents(model))]).toEqual([[], [], []])
    const { features } = JSON.parse(readFileSync(join(model, 'model.json'), 'utf8')) as { features: { vocabulary: string[] }[] }
    // The lines that bear the secrets were trained on.
    expect(features.flatMap(({ vocabulary }) => vocabulary)).toContain('planted-tool')
  })
})

describe('a planted secret, once imported', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    const { dataset } = await importDataset(openSource(log), { name: 'planted', truth: openSource(truthFile) })
    expect([dataset.events, dataset.rejected]).toEqual([sample.length + lines.length, damaged.length + 1])
    expect(dataset.redactions).toBeGreaterThan(60)
  })
  afterAll(() => database.close())

  it('is in no row of any table', async () => {
    const tables = await sql<{ name: string }>(`SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`)
    expect(tables.map(({ name }) => name)).toContain('public.events')
    for (const { name } of tables) {
      const rows = await sql<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM ${name} t`)
      for (const { text } of rows) expect(found(text), name).toEqual([])
    }
  })

  it('is in no event as it is read back, body and all', async () => {
    const { streamEvents } = await import('@/lib/store/events')
    const [{ id }] = (await sql<{ id: string }>(`SELECT id FROM datasets WHERE name = 'planted'`)) as [{ id: string }]
    let read = 0
    for await (const batch of streamEvents(id, { batch: 500 })) {
      read += batch.length
      expect(found(JSON.stringify(batch))).toEqual([])
    }
    expect(read).toBe(sample.length + lines.length)
  })

  it('is in no file of the data folder', () => {
    expect(found(contents(database.home))).toEqual([])
    expect(contents(database.home)).toContain('[redacted]')
  })
})
