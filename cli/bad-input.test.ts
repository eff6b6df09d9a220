import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callCli } from './testing/call-cli'
import { runCli } from './testing/run-cli'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-bad-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function event(n: number, changes: object = {}): string {
  return JSON.stringify({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, stage: 'ResponseComplete',
    requestURI: `/api/v1/namespaces/shop/configmaps/c${n}`, verb: 'get', user: { username: 'erin', groups: ['system:authenticated'] },
    objectRef: { resource: 'configmaps', namespace: 'shop', name: `c${n}`, apiVersion: 'v1' }, responseStatus: { code: 200 },
    requestReceivedTimestamp: `2026-01-02T03:04:05.${String(n).padStart(6, '0')}Z`, stageTimestamp: `2026-01-02T03:04:05.${String(n).padStart(6, '0')}Z`, ...changes,
  })
}

const log = (count: number): string => `${Array.from({ length: count }, (_, i) => event(i + 1)).join('\n')}\n`

describe('reconstruct, on bad input', () => {
  it('refuses an empty file', () => {
    const path = file('empty.jsonl', '')
    const { code, stderr, stdout } = runCli(['reconstruct', path])
    expect(code).toBe(1)
    expect(stderr).toBe(`auditweave: No audit event in ${path}: found nothing, it is empty. Give a log of kube-apiserver (--audit-log-path), or an export of EKS, AKS or GKE audit logs.\n`)
    expect(stdout).toBe('')
  })

  it('refuses a binary file, saying what it is', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
    const { code, stderr } = await callCli(['reconstruct', file('picture.png', png)])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^auditweave: No audit event in .*picture\.png: found a PNG image\. Give a log of kube-apiserver/)
  })

  it('keeps what a truncated gzip holds, and says where it ends', async () => {
    const whole = gzipSync(log(3000))
    const { code, stderr, stdout } = await callCli(['reconstruct', file('cut.jsonl.gz', whole.subarray(0, Math.floor(whole.length / 2)))])
    expect(code).toBe(0)
    expect(stderr).toContain('The gzip data end early: what comes before the end was read, the rest is missing.')
    expect(stdout.trim().split('\n').length).toBeGreaterThan(500)
  })

  it('passes over a line of 50 MB and goes on', () => {
    const { code, stderr, stdout } = runCli(['reconstruct', file('long.jsonl', `${event(1)}\n{"auditID":"${'x'.repeat(50 << 20)}"}\n${event(2)}\n`)])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(2)
    expect(stderr).toMatch(/^1 line rejected: longer than 16 MiB; first at line 2: \{"auditID":"xxx/m)
  })

  it('passes over a line nested 10,000 deep', async () => {
    const deep = event(2, { requestObject: 'HERE' }).replace('"HERE"', `${'['.repeat(10_000)}${']'.repeat(10_000)}`)
    const { code, stderr } = await callCli(['reconstruct', file('deep.jsonl', `${event(1)}\n${deep}\n`)])
    expect(code).toBe(0)
    expect(stderr).toMatch(/^1 line rejected: nested deeper than 512 levels; first at line 2: \{"kind":"Event"/m)
  })

  it('keeps a line with an unknown verb, without a label', async () => {
    const { code, stdout, stderr } = await callCli(['reconstruct', file('verb.jsonl', `${event(1, { verb: 'conjure' })}\n`)])
    expect(code).toBe(0)
    expect(stderr).toContain('1 event kept with a note: unknown verb; first at line 1: conjure /api/v1/namespaces/shop/configmaps/c1 (auditID 00000000-0000-4000-8000-000000000001)')
    expect(JSON.parse(stdout)).toMatchObject({ role: 'trigger', label: null })
  })

  it('sets a line without objectRef apart, with a note where its path is one of API objects', async () => {
    const { code, stdout, stderr } = await callCli(['reconstruct', file('ref.jsonl', `${event(1, { objectRef: undefined, requestURI: '/healthz' })}\n${event(2)}\n${event(3, { objectRef: undefined })}\n`)])
    expect(code).toBe(0)
    const records = stdout.trim().split('\n').map((line) => JSON.parse(line) as { role: string })
    expect(records.map((record) => record.role)).toEqual(['nonresource', 'trigger', 'nonresource'])
    expect(stderr).toMatch(/^1 event kept with a note: no objectRef on a request for API objects; first at line 3: get \/api\/v1/m)
  })

  it('keeps what it rejects in a file of its own, readable by its owner alone', async () => {
    const rejects = join(folder, 'rejects.jsonl')
    const { code } = await callCli(['reconstruct', file('mixed.jsonl', `${event(1)}\nhello\n${event(2, { auditID: undefined })}\n`), '--rejects', rejects])
    expect(code).toBe(0)
    const kept = readFileSync(rejects, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { line: number; reason: string })
    expect(kept.map(({ line, reason }) => [line, reason])).toEqual([[2, 'not valid JSON'], [3, 'an audit event without auditID']])
    expect(statSync(rejects).mode & 0o777).toBe(0o600)
    const nowhere = join(folder, 'none', 'rejects.jsonl')
    const failed = await callCli(['reconstruct', file('one.jsonl', log(1)), '--rejects', nowhere])
    expect([failed.code, failed.stderr]).toEqual([1, `auditweave: ${nowhere} could not be written (ENOENT). Its folder does not exist: create it first.\n`])
  })

  it('names a file that is not there', async () => {
    const { code, stderr } = await callCli(['reconstruct', join(folder, 'nowhere.jsonl')])
    expect(code).toBe(1)
    expect(stderr).toContain(`There is no file ${join(folder, 'nowhere.jsonl')}`)
  })

  it('names the models there are when one is unknown', async () => {
    const { code, stderr } = await callCli(['reconstruct', file('ok.jsonl', log(2)), '--model', 'gpt'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/There is no model "gpt": the models here are .*k8ntext/)
  })
})

describe('score, on bad input', () => {
  it('refuses a truth of another log', async () => {
    const predicted = file('predicted.jsonl', (await callCli(['reconstruct', file('a.jsonl', log(3))])).stdout)
    const truth = file('truth.jsonl', `${JSON.stringify({ auditID: 'another', context: 'c', role: 'trigger', label: null })}\n`)
    const { code, stderr } = await callCli(['score', truth, predicted])
    expect(code).toBe(1)
    expect(stderr).toContain('the truth file is of another capture: none of its 1 auditIDs is among the 3 of the reconstruction')
  })
})

describe('query, on bad input', () => {
  it('shows where a query is wrong', async () => {
    const { code, stderr } = await callCli(['query', file('q.jsonl', log(2)), 'verb == and'])
    expect(code).toBe(2)
    expect(stderr).toContain("unexpected 'and' at line 1, column 9")
    expect(stderr).toContain('\n  verb == and\n          ^^^')
  })

  it('tells what it could not read', async () => {
    const { code, stderr } = await callCli(['query', file('q.jsonl', `${log(2)}hello\n`), 'verb == "get"'])
    expect([code, stderr]).toEqual([0, '1 line rejected: not valid JSON; first at line 3: hello\n'])
  })
})

describe('wrong use', () => {
  it.each([[['reconstruct']], [['nonsense']], [['reconstruct', 'x', '--format', 'xml']]])('%j ends with 2', (args) => {
    expect(runCli(args).code).toBe(2)
  })

  it.each([['train', '--seed'], ['worker', '--threads'], ['start', '--port']])('%s %s wants a number', async (command, option) => {
    const { code, stderr } = await callCli([command, ...(command === 'train' ? ['k8ntext'] : []), option, 'many'])
    expect(stderr).toMatch(/argument 'many' is invalid\. Give a whole number from [01] on\./)
    expect(code).toBe(2)
  })

  it.each(['reconstruct', 'query', 'import', 'train', 'experiment', 'score', 'start', 'worker'])('%s has --help', async (command) => {
    const { code, stdout } = await callCli([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`Usage: auditweave ${command}`)
  })
})

describe('a database that is down', () => {
  it('is said, with what to do', async () => {
    const { code, stderr } = await callCli(['import', file('d.jsonl', log(2)), '--name', 'x'], { env: { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/none' } })
    expect(code).toBe(1)
    expect(stderr).toMatch(/127\.0\.0\.1:1/)
    expect(stderr).toMatch(/DATABASE_URL/)
  })
})

describe.runIf(canMount())('a full disk while a model is written', () => {
  const small = join(folder, 'small')
  beforeAll(() => {
    mkdirSync(small)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small])
  })
  afterAll(() => void execFileSync('umount', [small]))

  it('says so and leaves nothing behind', async () => {
    const { code, stderr } = await callCli(['train', 'k8ntext-small', '--dataset', 'datasets/sample/audit.jsonl.gz', '--epochs', '1', '--window', '5', '-o', join(small, 'model')])
    expect(stderr).toMatch(/The disk is full: the model needs \d+ bytes/)
    expect(code).toBe(1)
    expect(readdirSync(small)).toEqual([])
  })
})

/** Only root in a full system may mount; elsewhere the suite shows the case as skipped. */
function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'auditweave-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
