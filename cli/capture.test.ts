import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '@/lib/audit/source.node.ts'
import { contextId } from '@/lib/contexts/context-id'
import { judge, TOKEN, workplace, writeKubeconfig } from '@/lib/capture/testing/harness'
import { RecordedServer } from '@/lib/capture/testing/recorded-server'
import { importDataset } from '@/lib/store/import-dataset'
import { currentLabels } from '@/lib/store/labels'
import { openTestDatabase } from '@/lib/store/testing'
import { runCli } from './testing/run-cli'
import { spawnCli } from './testing/spawn-cli'

const CAMPAIGN = `
name: short
title: A Deployment, and things that need cleaning up
settle: 0.3
scenes:
- name: web
  steps:
  - create: {apiVersion: v1, kind: ConfigMap, metadata: {name: "\${settings}", finalizers: [auditweave/held]}, data: {a: "1"}}
  - create: {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: "\${wide}"}, rules: []}
  - create: {apiVersion: apps/v1, kind: Deployment, metadata: {name: "\${web}"}, spec: {replicas: 2, template: {metadata: {labels: {app: web}}}}}
  - patch: deployments.apps/\${web}/scale
    with: {spec: {replicas: 3}}
`
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
let place: ReturnType<typeof workplace>
let server: RecordedServer
let slow = ''
const file = (name: string): string => path.join(place.folder, name)
const args = (...more: string[]): string[] => ['capture', '--kubeconfig', place.kubeconfig, '--context', 'test', ...more]
const captureArgs = (out: string, campaign = file('short.yaml')): string[] => args('--campaign', campaign, '--audit', place.audit, '--yes', '--seed', '5', '-o', file(out))

beforeAll(async () => {
  place = workplace()
  server = await RecordedServer.start({ audit: { file: place.audit }, token: TOKEN })
  writeKubeconfig(place.kubeconfig, server.url)
  writeFileSync(file('short.yaml'), CAMPAIGN)
  writeFileSync(file('broken'), `a: b\n  token: "${TOKEN}\n`)
  slow = file('slow.yaml')
  writeFileSync(slow, `${CAMPAIGN}  - pause: 60\n`)
})
beforeEach(() => { server.calls.length = 0 })
afterAll(async () => {
  await server.stop()
  rmSync(place.folder, { recursive: true, force: true })
})

const idIn = (said: string): string => /runs as ([a-z0-9]{6})/.exec(said)?.[1] ?? ''

/** Starts a capture and waits until it has made its Deployment. */
async function midway(out: string): Promise<ReturnType<typeof spawnCli>> {
  const running = spawnCli(captureArgs(out, slow))
  const early = running.result.then(({ stderr }) => { throw new Error(stderr) })
  while (server.api.objects.list('apps', 'deployments').length === 0) await Promise.race([sleep(20), early])
  early.catch(() => {})
  expect(server.traces(idIn(running.said())).length).toBeGreaterThan(3)
  return running
}

describe('auditweave capture', { timeout: 120_000 }, () => {
  it('prints the plan of a dry run, and touches nothing', () => {
    const { code, stdout } = runCli(['capture', '--campaign', file('short.yaml'), 'campaigns/sweep.yaml', '--dry-run', '--seed', '5', '--kubeconfig', place.kubeconfig, '--context', 'test', '--audit', place.audit])
    expect(code).toBe(0)
    expect(stdout).toMatch(/4\. POST \/apis\/apps\/v1\/namespaces\/ns-web-\w{9}\/deployments {2}-> create deployments.apps, namespaced, single/)
    expect(stdout).toMatch(/others.*\n(.*\n)*.*customresourcedefinitions/)
    expect(readFileSync(place.audit, 'utf8')).not.toContain('auditweave')
    expect(readdirSync(place.folder).sort()).toEqual(['audit.log', 'broken', 'kubeconfig', 'short.yaml', 'slow.yaml'])
  })

  it.concurrent.each([
    [['--kubeconfig', 'K', '--audit', 'A', '--campaign', 'C', '--yes'], 2, /the current context is never taken/],
    [['--context', 'test', '--audit', 'A', '--campaign', 'C', '--yes'], 2, /--kubeconfig/],
    [['--kubeconfig', 'K', '--context', 'test', '--campaign', 'C', '--yes'], 2, /either --audit FILE or --receive/],
    [['--kubeconfig', 'K', '--context', 'test', '--campaign', 'C', '--receive', '0.0.0.0:0', '--yes'], 2, /anybody could send events/],
    [['--kubeconfig', 'K', '--context', 'test', '--audit', 'A', '--campaign', 'C'], 2, /say so with --yes/],
    [['--kubeconfig', 'K', '--context', 'nope', '--audit', 'A', '--campaign', 'C', '--yes'], 1, /no context "nope". It has: test, production/],
    [['--kubeconfig', 'BROKEN', '--context', 'test', '--audit', 'A', '--campaign', 'C', '--yes'], 1, /no kubeconfig: its line 2/],
    [['--kubeconfig', 'K', '--context', 'test', '--audit', 'A', '--yes'], 2, /--campaign/],
    [['--clean', '--kubeconfig', 'K', '--context', 'test', '--campaign-id', 'default', '--yes'], 2, /six letters/],
  ])('refuses %j', async (given, code, message) => {
    const names: Record<string, string> = { K: place.kubeconfig, A: place.audit, C: file('short.yaml'), BROKEN: file('broken') }
    const result = await spawnCli(['capture', ...given.map((one) => names[one] ?? one)], { AUDITWEAVE_RECEIVE_TOKEN: '', KUBECONFIG: place.kubeconfig }).result
    expect(result).toMatchObject({ code, stderr: expect.stringMatching(message) as unknown })
    expect(result.stderr + result.stdout).not.toContain(TOKEN)
  })

  it('removes what it has made on SIGINT, and writes no data set', { timeout: 180_000 }, async () => {
    const running = await midway('interrupted')
    running.process.kill('SIGINT')
    const { code, stderr } = await running.result
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('interrupted') as unknown })
    expect(server.traces(idIn(stderr))).toEqual([])
    expect(existsSync(file('interrupted'))).toBe(false)
  })

  it('leaves after SIGKILL what --clean removes, all of it and nothing else', { timeout: 180_000 }, async () => {
    const running = await midway('killed')
    running.process.kill('SIGKILL')
    const id = idIn((await running.result).stderr)
    expect(server.traces(id).length).toBeGreaterThan(3)
    const others = server.api.objects.list('', 'namespaces').filter((body) => !JSON.stringify(body).includes(id))
    const again = await spawnCli(captureArgs('again')).result
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining(`--clean --campaign-id ${id}`) as unknown })
    const { code, stdout } = await spawnCli(args('--clean', '--campaign-id', id, '--yes', '--json')).result
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({ code: 0, campaign: id, left: [] })
    expect(server.traces(id)).toEqual([])
    expect(server.api.objects.list('', 'namespaces')).toEqual(others)
  })

  it('writes a data set that imports with its truth, and that scores 1', { timeout: 180_000 }, async () => {
    const { code, stdout, stderr } = await spawnCli([...captureArgs('whole'), '--json']).result
    expect({ code, stderr }).toMatchObject({ code: 0 })
    const written = JSON.parse(stdout) as { requests: number; unsure: number; roles: Record<string, number> }
    expect(judge(file('whole'), server)).toMatchObject({ wrong: [] })
    expect(written.roles['consequence']).toBeGreaterThan(20)
    const known = file('known.jsonl')
    writeFileSync(known, server.truth().map(({ context, ...one }) => `${JSON.stringify({ ...one, context: context === null ? null : contextId(context) })}\n`).join(''))
    const score = runCli(['score', path.join(file('whole'), 'truth.jsonl.gz'), known, '--json'])
    expect(JSON.parse(score.stdout)).toMatchObject({ b3_f1: 1, exact_contexts: 1, label_accuracy: 1, role_accuracy: 1, missing: 0 })
    const database = await openTestDatabase()
    try {
      const { dataset } = await importDataset(openSource(path.join(file('whole'), 'audit.jsonl.gz')), { name: 'captured', truth: openSource(path.join(file('whole'), 'truth.jsonl.gz')), truthName: 'truth.jsonl.gz' })
      expect(dataset).toMatchObject({ state: 'ready', rejected: 0, auditIDs: written.requests, summary: { truth: { roles: written.roles, withoutTruth: written.unsure, notInLog: 0 } } })
      expect((await currentLabels(dataset.id)).size).toBe(written.requests - written.unsure)
    } finally {
      await database.close()
    }
  })

  it.skipIf(!hasOpenssl)('gets in with a client certificate, and writes neither it nor its key anywhere', { timeout: 180_000 }, async () => {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', file('key.pem'), '-out', file('cert.pem')], { stdio: 'ignore' })
    const [key, cert] = [readFileSync(file('key.pem')), readFileSync(file('cert.pem'))]
    const audit = file('secure.log')
    writeFileSync(audit, '')
    const quoted = (pem: Buffer): string => pem.toString().split('\n')[3] ?? ''
    const secure = await RecordedServer.start({ audit: { file: audit }, token: TOKEN, tls: { key, cert, ca: cert }, hostile: (method, uri) => (method === 'GET' && uri.includes('/configmaps/') ? { status: 500, body: JSON.stringify({ message: `${quoted(key)} ${quoted(cert)} ${key.toString('base64')}` }) } : null) })
    try {
      writeKubeconfig(file('secure'), secure.url, { 'client-certificate-data': cert.toString('base64'), 'client-key-data': key.toString('base64') })
      writeFileSync(file('read.yaml'), 'name: read\ntitle: t\nsettle: 0.2\nscenes:\n- name: s\n  steps:\n  - create: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${a}"}}\n  - get: configmaps/${a}\n')
      mkdirSync(file('secured'))
      const { code, stdout, stderr } = await spawnCli(['capture', '--kubeconfig', file('secure'), '--context', 'test', '--campaign', file('read.yaml'), '--audit', audit, '--yes', '-o', file('secured')]).result
      expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('500 [credential] [credential] [credential]') as unknown })
      const everything = readdirSync(file('secured')).map((name) => (name.endsWith('.gz') ? gunzipSync(readFileSync(path.join(file('secured'), name))).toString() : readFileSync(path.join(file('secured'), name), 'utf8'))).join('') + stdout + stderr
      for (const secret of [quoted(key), quoted(cert), key.toString('base64').slice(0, 200)]) expect(everything).not.toContain(secret)
    } finally {
      await secure.stop()
    }
  })
})
