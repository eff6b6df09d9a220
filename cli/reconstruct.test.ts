import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { callCli } from './testing/call-cli'
import { runCli } from './testing/run-cli'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-reconstruct-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Written { auditID: string; role: string; label: unknown; confidence: number | null; context: string | null; links: { to: string }[] }

const SAMPLE = 'datasets/sample/audit.jsonl.gz'
const records = (text: string): Written[] => text.trim().split('\n').map((line) => JSON.parse(line) as Written)

describe('reconstruct', () => {
  it('writes the contracted record, every consequence with evidence that leads into its own context', async () => {
    const { code, stdout } = await callCli(['reconstruct', SAMPLE])
    expect(code).toBe(0)
    const found = records(stdout)
    expect(Object.keys(found[0] ?? {})).toEqual(['auditID', 'stage', 'requestReceivedTimestamp', 'role', 'label', 'confidence', 'context', 'links'])
    const contexts = new Map(found.map((record) => [record.auditID, record.context]))
    const consequences = found.filter((record) => record.role === 'consequence')
    expect(consequences.length).toBeGreaterThan(100)
    expect(consequences.filter(({ links, context }) => links.length === 0 || links.some(({ to }) => contexts.get(to) !== context))).toEqual([])
  })

  it('asks the default model without being told, links alone when told, and the network alone when told', () => {
    const [joined, links, network] = [[], ['--model', 'none'], ['--method', 'network']].map((more) => records(runCli(['reconstruct', SAMPLE, ...more]).stdout))
    expect(joined!.map(({ auditID }) => auditID)).toEqual(links!.map(({ auditID }) => auditID))
    const changed = joined!.filter((record, i) => record.confidence !== links![i]!.confidence)
    expect(changed.length).toBeGreaterThan(100)
    const same = joined!.filter((record, i) => record.context === links![i]!.context)
    expect(same.length / joined!.length).toBeGreaterThan(0.98)
    const rules = new Set(network!.flatMap((record) => (record.links as unknown as { rule: string }[]).map(({ rule }) => rule)))
    expect([...rules]).toEqual(['network'])
    expect(network!.filter((record, i) => JSON.stringify(record.label) === JSON.stringify(links![i]!.label)).length / network!.length).toBeGreaterThan(0.97)
  })

  it('tells the audit levels of a log and what they cost', async () => {
    const { stderr } = await callCli(['reconstruct', SAMPLE, '--level-report', '-o', '/dev/null'])
    expect(stderr).toMatch(/^RequestResponse +\d+\.\d% +[\d,]+ events have request and response bodies/m)
  })

  it('keeps secrets only when told, and loudly', async () => {
    const path = join(folder, 'secret.jsonl')
    writeFileSync(path, `{"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"a","verb":"get","requestURI":"/x","token":"hunter2"}\n{"password":"hunter2"}\n`)
    const rejects = join(folder, 'rejects.jsonl')
    const { stderr, stdout } = await callCli(['reconstruct', path, '--rejects', rejects])
    expect(readFileSync(rejects, 'utf8')).toContain('[redacted]')
    expect(`${stdout}${stderr}${readFileSync(rejects, 'utf8')}`).not.toContain('hunter2')
    const kept = await callCli(['reconstruct', path, '--rejects', rejects, '--keep-secrets'])
    expect(kept.stderr).toContain('WARNING: --keep-secrets is set: Secret data and tokens stay in memory and may reach what is written.\n')
    expect(readFileSync(rejects, 'utf8')).toContain('hunter2')
  })

  it('gives every labelled line of the paper\'s method a confidence', async () => {
    const { code, stdout } = await callCli(['reconstruct', SAMPLE, '--method', 'k8ntext', '--model', 'k8ntext-small'])
    expect(code).toBe(0)
    const labelled = records(stdout).filter((record) => record.label !== null)
    expect(labelled.length).toBeGreaterThan(100)
    expect(labelled.every(({ confidence }) => confidence !== null && confidence >= 0 && confidence <= 1)).toBe(true)
  })

  it('groups by true labels where they are given, by no other method', async () => {
    const path = join(folder, 'by-truth.jsonl')
    const truth = 'datasets/sample/truth.jsonl.gz'
    expect((await callCli(['reconstruct', SAMPLE, '--method', 'k8ntext', '--labels', truth, '-o', path])).code).toBe(0)
    const { stdout } = await callCli(['score', truth, path, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ label_accuracy: 1, label_coverage: 1 })
    expect(await callCli(['reconstruct', SAMPLE, '--labels', truth])).toMatchObject({ code: 2, stderr: expect.stringContaining('--labels is for --method k8ntext') as unknown })
  })

  it('tells the sizes before and after with the compact form', async () => {
    const { stderr, stdout } = await callCli(['reconstruct', SAMPLE, '--format', 'compact'])
    const [, before = '', after = ''] = /Compact: ([\d.]+) MB of log, unpacked, are ([\d.]+) MB now/.exec(stderr) ?? []
    expect(Number(after)).toBeCloseTo(Buffer.byteLength(stdout) / 1e6, 3)
    expect(Number(before) / Number(after)).toBeGreaterThan(5)
  })
})
