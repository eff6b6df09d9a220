import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { main } from './main'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  process.stdout.setMaxListeners(50)
  database = await openTestDatabase()
  process.env.DATABASE_URL = database.address
  folder = mkdtempSync(join(tmpdir(), 'auditweave-dataset-'))
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  delete process.env.DATABASE_URL
  await database.close()
})

/** Runs the command in this process: a new one for each takes seconds. */
async function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' }
  const take = (stream: 'stdout' | 'stderr') => vi.spyOn(process[stream], 'write').mockImplementation((text) => { written[stream] += String(text); return true })
  const spies = [take('stdout'), take('stderr')]
  try {
    await main(['dataset', ...args])
    return { code: Number(process.exitCode ?? 0), ...written }
  } finally {
    process.exitCode = undefined
    for (const spy of spies) spy.mockRestore()
  }
}

/** Standard output of a command that succeeds. */
async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(args)
  expect(code, stderr).toBe(0)
  return stdout
}

const CREATE = { group: '', resource: 'pods', subresource: '', verb: 'create', namespaced: true, single: true }

describe('auditweave dataset', () => {
  it('takes a labelled log from file to shared file and back', async () => {
    const lines = Array.from({ length: 20 }, (_, i) => JSON.stringify({
      kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: `r${i}`, stage: 'ResponseComplete', requestURI: `/api/v1/namespaces/bank/pods/ledger-${i}`, verb: 'create',
      user: { username: i < 10 ? 'alice' : 'carol' }, objectRef: { resource: 'pods', namespace: 'bank', name: `ledger-${i}` }, requestReceivedTimestamp: `2026-01-01T00:00:${String(10 + i)}.000000Z`,
      auditweave: { role: 'trigger', context: `c${i}`, label: CREATE },
    }))
    const log = join(folder, 'log.jsonl')
    writeFileSync(log, lines.join('\n'))
    await ok('import', log, '--name', 'bank')
    expect(JSON.parse(await ok('show', 'bank', '--json'))).toMatchObject({ labelled: 20, changed: false, versions: [{ number: 1, counts: { classes: 1, contexts: 20 } }] })
    expect(await ok('split', 'bank', 'usual', '--gap', '0', '--validation', '0.2', '--test', '0.2')).toContain('blocked, 0 lines between parts')
    expect((await ok('split', 'bank', 'usual', '--part', 'test')).trim().split('\n')).toEqual(['r16', 'r17', 'r18', 'r19'])
    await ok('slice', 'bank', '--name', 'of alice', '--user', 'alice', '--json')
    expect(await ok('diff', 'bank@1', 'of alice')).toContain('events  0 added, 10 removed, 0 changed')
    await ok('card', 'bank', '--set', 'licence=CC-BY-4.0', '--set', 'source=A test = a lie')
    expect(await ok('card', 'bank')).toContain('## Where it comes from\n\nA test = a lie\n')
    const key = join(folder, 'key')
    writeFileSync(key, 'a key that nobody guesses\nanother line\n')
    await ok('pseudonymise', 'bank', '--name', 'shared', '--key-file', key)
    const file = join(folder, 'shared.parquet')
    await ok('export', 'shared', '--format', 'parquet', '-o', file)
    expect(readFileSync(file).includes('alice')).toBe(false)
    await ok('import', file, '--name', 'back')
    const hashes = async (name: string) => (JSON.parse(await ok('versions', name, '--json')) as { eventsSha256: string; labelsSha256: string }[]).map(({ eventsSha256, labelsSha256 }) => [eventsSha256, labelsSha256])
    expect(await hashes('back')).toEqual(await hashes('shared'))
    expect(JSON.parse(await ok('list', '--json'))).toHaveLength(4)
  }, 120_000)

  it('labels by a file, freezes, restores and merges', async () => {
    const truth = join(folder, 'truth.jsonl')
    writeFileSync(truth, `${JSON.stringify({ auditID: 'r0', context: null, role: 'background', label: null })}\n`)
    expect(await ok('import-labels', 'bank', truth)).toContain('1 of 1 labels of the file (truth) were new or other.')
    expect(await run(['freeze', 'of alice'])).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing to freeze') as string })
    expect(await ok('freeze', 'bank', '--note', 'one less')).toContain('version 2: 20 of 20 requests labelled')
    expect(await ok('diff', 'bank@1', 'bank')).toMatch(/1\s+create pods\s+background\s+r0/)
    expect(await ok('restore', 'bank', '1')).toContain('1 labels set, 0 cleared.')
    expect(await run(['merge', 'bank', 'of alice', '--name', 'both'])).toMatchObject({ code: 1, stderr: expect.stringContaining('10 auditIDs are in more than one') as string })
    expect(JSON.parse(await ok('merge', 'bank', 'of alice', '--name', 'both', '--collisions', 'once', '--json'))).toMatchObject({ events: 20, origin: { operation: { kind: 'merge', report: { collisions: 10, dropped: 10, contradicting: 0 } } } })
  }, 120_000)

  it.each([
    [['slice', 'bank', '--name', 'x'], 'say what to cut out'],
    [['slice', 'bank', '--name', 'x', '--query', 'verb =='], 'wrong|expected|query'],
    [['slice', 'bank', '--name', 'x', '--from', 'yesterday'], 'not valid'],
    [['split', 'bank', 's', '--validation', '2'], 'not valid'],
    [['split', 'bank', '--remove'], 'Name the split'],
    [['export', 'bank', '--format', 'xml'], 'Allowed choices'],
    [['card', 'bank', '--set', 'price=1'], 'sets no field'],
    [['merge', 'bank'], 'required option|missing'],
  ])('refuses wrong use: %j', async (args, told) => {
    const { code, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stderr).toMatch(new RegExp(told))
  })
})
