import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, it, type TestContext } from 'vitest'
import { openSource } from '@/lib/audit/source.node.ts'
import { readRecords } from '@/lib/contexts/read-records'
import { contextId } from '@/lib/contexts/context-id'
import { scoreReconstruction, type ScoredRecord } from '@/lib/contexts/score'
import { campaignSchema, type Campaign } from './campaign'
import { capture, type CaptureReport } from './capture.node.ts'
import type { LogPlace } from './collect/source.node.ts'
import { Cluster } from './cluster/cluster.node.ts'
import { readCampaign } from './read-campaign'
import { CleanUp } from './run/clean-up.node.ts'
import { hurried, judge, linesOf, TOKEN, workplace, writeKubeconfig } from './testing/harness'
import { RecordedServer, type ServerOptions } from './testing/recorded-server'

interface Running { readonly server: RecordedServer; readonly cluster: Cluster; readonly folder: string; readonly out: string; readonly audit: string }

async function begin({ onTestFinished }: TestContext, more: Partial<ServerOptions> = {}): Promise<Running> {
  const { folder, kubeconfig, audit } = workplace()
  const server = await RecordedServer.start({ audit: { file: audit }, token: TOKEN, ...more })
  writeKubeconfig(kubeconfig, server.url)
  const cluster = await Cluster.open(kubeconfig, 'test', 'auditweave-capture/test')
  const out = mkdtempSync(path.join(folder, 'out-'))
  onTestFinished(async () => {
    cluster.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return { server, cluster, folder, out, audit }
}

function run({ cluster, out, audit }: Running, campaigns: readonly Campaign[], more: { readonly log?: LogPlace; readonly signal?: AbortSignal; tell?(message: string): void } = {}): Promise<CaptureReport> {
  return capture({ campaigns, seed: 11, cluster, log: { kind: 'file', file: audit }, folder: out, keepSecrets: false, concurrency: 4, signal: new AbortController().signal, tell: () => {}, ...more })
}

const shipped = (name: string): Campaign => hurried(readCampaign(readFileSync(path.join(process.cwd(), 'campaigns', `${name}.yaml`), 'utf8'), name))
const scenesOf = (name: string, ...wanted: string[]): Campaign => { const campaign = shipped(name); return { ...campaign, scenes: campaign.scenes.filter((scene) => wanted.includes(scene.name)) } }

// each waits for its own server most of the time
describe.concurrent('a capture', { timeout: 240_000 }, () => {
  it('labels what the forty scenarios of the paper do and cause, nothing wrongly, and leaves nothing behind', { timeout: 240_000 }, async (test) => {
    const { expect } = test
    const running = await begin(test)
    const report = await run(running, ['level-1', 'level-2', 'level-3', 'level-4'].map(shipped))
    const verdict = judge(running.out, running.server)
    expect(verdict.wrong).toEqual([])
    expect(verdict.consequences).toBeGreaterThan(1200)
    // about 0.98 on an idle machine; a busy one comes to rest less often, which leaves more open and nothing wrong
    expect(verdict.coverage).toBeGreaterThan(0.75)
    expect(report.left).toEqual([])
    expect(report.dataset).toMatchObject({ missing: 0, requests: verdict.right + report.dataset.unsure })
    const { campaigns } = JSON.parse(readFileSync(path.join(running.out, 'capture.json'), 'utf8')) as { campaigns: { id: string }[] }
    expect(campaigns).toHaveLength(4)
    for (const { id } of campaigns) expect(running.server.traces(id)).toEqual([])
    expect(running.server.api.objects.list('', 'namespaces').map((body) => (body.metadata as { name: string }).name)).toEqual(['default', 'kube-system', 'elsewhere'])

    // `auditweave score` against the server's own truth
    const written = await readRecords(openSource(path.join(running.out, 'truth.jsonl.gz')), 'truth')
    const known = running.server.truth().map(({ context, ...one }): ScoredRecord => ({ ...one, context: context === null ? null : contextId(context) }))
    expect(scoreReconstruction(written, known)).toMatchObject({ b3_f1: 1, pair_f1: 1, ari: 1, exact_contexts: 1, exact_contexts_2plus: 1, missing: 0, label_accuracy: 1, role_accuracy: 1 })
    expect(JSON.stringify(linesOf(readFileSync(path.join(running.out, 'unsure.jsonl'), 'utf8')))).toContain('somebody else')
  })

  it('sweeps over what the cluster serves', { timeout: 240_000 }, async (test) => {
    const { expect } = test
    const running = await begin(test)
    const sweep = campaignSchema.parse({ name: 'sweep', title: 't', settle: 0.15, settleMost: 1, concurrency: 2, scenes: [{ name: 'apps', sweep: { only: ['apps'] } }, { name: 'rights', sweep: { only: ['batch', 'authorization.k8s.io', 'storage.k8s.io'] } }] })
    const report = await run(running, [sweep])
    expect(judge(running.out, running.server)).toMatchObject({ wrong: [] })
    expect(report.dataset.labels).toBeGreaterThan(60)
    expect(report.left).toEqual([])
  })

  it('takes the log from a webhook, each event once', { timeout: 240_000 }, async (test) => {
    const { expect } = test
    const running = await begin(test, { audit: { webhook: 'http://127.0.0.1:9/', token: '' } })
    const campaign = scenesOf('level-1', 'n1', 'c1')
    const log: LogPlace = { kind: 'receive', host: '127.0.0.1', port: 0, token: 'sixteen-characters-or-more' }
    const report = await run(running, [campaign], { log, tell: (message) => {
      const url = /from (http\S+)\.$/.exec(message)?.[1]
      if (url) running.server.writer.target = { webhook: url, token: 'sixteen-characters-or-more' }
    } })
    expect(judge(running.out, running.server)).toMatchObject({ wrong: [] })
    expect(report.dataset).toMatchObject({ missing: 0 })
    expect(readdirSync(running.out).sort()).toEqual(['README.md', 'audit.jsonl.gz', 'capture.json', 'requests.jsonl', 'truth.jsonl.gz', 'unsure.jsonl'])
  })

  it('writes no credential anywhere, not even where the server says it back', async (test) => {
    const { expect } = test
    const running = await begin(test, { hostile: (method, uri) => (method === 'GET' && /configmaps\/settings/.test(uri) ? { status: 500, body: JSON.stringify({ kind: 'Status', message: `\u001b[2J token was ${TOKEN}` }) } : null) })
    // what the API server logs of a request may hold its credentials too
    running.server.writer.write({ auditID: 'echo', info: null, verb: 'get', uri: `/echo?token=${TOKEN}`, user: { username: TOKEN, groups: [] }, impersonated: null, agent: TOKEN, status: 200, request: null, response: { echoed: TOKEN }, received: 1, until: 2, stage: 'ResponseComplete', cause: null })
    const told: string[] = []
    const report = await run(running, [scenesOf('level-1', 'c1', 'r3')], { tell: (message) => told.push(message) })
    const everything = readdirSync(running.out).map((name) => (name.endsWith('.gz') ? gunzipSync(readFileSync(path.join(running.out, name))).toString() : readFileSync(path.join(running.out, name), 'utf8'))).join('') + told.join('') + JSON.stringify(report)
    expect(report.surprises).toContainEqual(expect.objectContaining({ status: 500, message: expect.stringContaining('[credential]') as unknown }))
    expect(everything).not.toContain(TOKEN)
    // the tokens of service accounts that it was given, which the API server logs in full
    expect(running.server.calls.some(({ authorization }) => authorization?.startsWith('Bearer token-of-'))).toBe(true)
    expect(everything).not.toContain('token-of-')
  })

  it('refuses a namespace that is there already, and touches nothing', async (test) => {
    const { expect } = test
    const running = await begin(test)
    const name = await run(running, [scenesOf('level-1', 'c1')]).then(() => running.server.calls.find(({ uri }) => /namespaces\/ns-c1/.test(uri))?.uri.split('/').at(-1)?.split('?')[0] ?? '')
    running.server.api.objects.add('', 'namespaces', '', { kind: 'Namespace', apiVersion: 'v1', metadata: { name } })
    const before = running.server.calls.length
    const again = { ...running, out: path.join(running.folder, 'again') }
    mkdirSync(again.out)
    await expect(run(again, [scenesOf('level-1', 'c1')])).rejects.toMatchObject({ code: 'namespace-exists', message: expect.stringContaining('--clean --campaign-id') as unknown })
    expect(running.server.calls.slice(before).filter(({ method }) => method !== 'GET')).toEqual([])
    expect(readdirSync(again.out)).toEqual([])
    expect(running.server.api.objects.get('', 'namespaces', '', name)).not.toBeNull()
  })

  it('cleans up when it is interrupted and when a step fails', { timeout: 240_000 }, async (test) => {
    const { expect } = test
    for (const end of ['interrupted', 'no-answer']) {
      const abort = new AbortController()
      let seen = 0
      const running = await begin(test, { hostile: (method, uri) => {
        if (method !== 'POST' || !uri.endsWith('/deployments') || ++seen < 2) return null
        if (end === 'interrupted') abort.abort()
        return end === 'interrupted' ? null : { status: 200, body: '{}', headers: { 'content-length': '5000' } }
      } })
      const campaign = { ...scenesOf('level-2', 'd1', 'd2', 'd5', 'ds1'), concurrency: 4 }
      await expect(run(running, [campaign], { signal: abort.signal })).rejects.toMatchObject({ code: end === 'interrupted' ? 'interrupted' : expect.stringMatching(/no-answer/) as unknown })
      expect(running.server.api.objects.list('', 'namespaces')).toHaveLength(3)
      expect(running.server.api.objects.list('', 'nodes')).toHaveLength(2)
      expect(readdirSync(running.out)).toEqual([])
    }
  })
})

describe.concurrent('cleaning up', { timeout: 240_000 }, () => {
  it('removes nothing that is not the campaign\'s, whatever the server lists', async (test) => {
    const { expect } = test
    const label = { labels: { 'auditweave/campaign': 'bcdfgh' } }
    const items = [
      { metadata: { name: 'default', ...label } }, { metadata: { name: 'x-bcdfghjkl/../../default', ...label } }, { metadata: { name: 'theirs-bcdfghjkl', labels: { 'auditweave/campaign': 'other' } } }, { metadata: { name: 'theirs-bcdfghjkl' } }, { metadata: null }, null, 'text',
    ]
    const running = await begin(test, { hostile: (method, uri) => (method === 'GET' && /labelSelector/.test(uri) ? { status: 200, body: JSON.stringify({ items }) } : null) })
    const report = await new CleanUp(running.cluster, 'bcdfgh', { cluster: [], namespaced: [] }, new AbortController().signal).run(1)
    expect(report.removed).toBe(0)
    expect(running.server.calls.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('says so when it may not look', async (test) => {
    const { expect } = test
    const running = await begin(test, { hostile: () => ({ status: 403, body: '{"message":"no"}' }) })
    await expect(new CleanUp(running.cluster, 'bcdfgh', { cluster: [], namespaced: [] }, new AbortController().signal).run(1)).rejects.toMatchObject({ code: 'cannot-clean' })
  })
})
