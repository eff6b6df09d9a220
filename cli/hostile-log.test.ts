import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { TEXT_FORMATS } from '@/lib/export/formats'
import { callCli } from './testing/call-cli'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Each as user, name, namespace, user agent, group and resource; the last is a megabyte. */
const HOSTILE = ['<img src=x onerror=alert(1)>', '\u001B[2J\u001B]0;owned\u0007', '\u009B31mred', '\u202Egnp.exe\u2066', 'a\r\nb: injected', '=cmd|\' /C calc\'!A0', '\u{E0041}tag\u200B', '\0nul', '\u2028line', 'n'.repeat(1 << 20)]

function event(text: string, place: number): string {
  const at = `2026-01-02T03:04:05.${String(place).padStart(6, '0')}Z`
  return JSON.stringify({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'RequestResponse', auditID: `${place}-${text.slice(0, 40)}`, stage: 'ResponseComplete',
    requestURI: `/apis/x.example/v1/namespaces/a/things?${text.slice(0, 5000)}`, verb: 'create', user: { username: text, groups: [text] }, userAgent: text, sourceIPs: [text.slice(0, 100)],
    objectRef: { apiGroup: 'x.example', resource: `things${text.slice(0, 100)}`, namespace: text, name: text, apiVersion: 'v1' }, responseStatus: { code: 404, message: text },
    requestObject: { kind: text, metadata: { name: text } }, annotations: { [text.slice(0, 100)]: text }, requestReceivedTimestamp: at, stageTimestamp: at,
  })
}

// An unknown verb and damaged lines are told of on stderr, with a piece of the line.
const odd = HOSTILE.slice(0, -1).map((text, i) => event(text, 100 + i).replace('"verb":"create"', `"verb":${JSON.stringify(text)}`))
const broken = ['\u001B[2J not json', '{"kind":"\u202E', '\u009B31m', 'x\u0007'.repeat(1000)]
const log = join(folder, 'log.jsonl')
writeFileSync(log, `${[...HOSTILE.map(event), ...odd, ...broken].join('\n')}\n`)

/** What moves a cursor, rings a bell, hides text or turns its direction; ends of lines apart. */
const STEERS = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u

describe('a hostile log', () => {
  it.each(TEXT_FORMATS)('writes nothing to a terminal that steers it, as %s', async (format) => {
    const { code, stdout, stderr } = await callCli(['reconstruct', log, '--format', format, '--level-report'])
    expect(code).toBe(0)
    expect(stderr).toContain('rejected')
    expect(stderr).not.toMatch(STEERS)
    expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(STEERS)
    expect(stdout.length).toBeGreaterThan(1000)
  })

  it('writes bytes that are no text into files alone', async () => {
    expect(await callCli(['reconstruct', log, '--format', 'parquet'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('name a file with -o') as unknown })
  })

  it('is told of in lines of bounded length', async () => {
    const { stderr } = await callCli(['reconstruct', log])
    for (const line of stderr.split('\n')) expect(line.length).toBeLessThan(400)
  })

  it('keeps its rejected lines where a terminal can show them', async () => {
    const rejects = join(folder, 'rejects.jsonl')
    expect((await callCli(['reconstruct', log, '--rejects', rejects])).code).toBe(0)
    const text = readFileSync(rejects, 'utf8')
    expect(text).not.toMatch(STEERS)
    expect(text.trim().split('\n').map((line) => (JSON.parse(line) as { text: string }).text)).toContain('\u001B[2J not json')
  })

  it('answers a query so that a terminal can show it, equal when parsed', async () => {
    const { code, stdout, stderr } = await callCli(['query', log, 'verb == "create"'])
    expect(code).toBe(0)
    expect(stderr).not.toMatch(STEERS)
    expect(stdout).not.toMatch(STEERS)
    expect(stdout).not.toContain('<img')
    const users = stdout.trim().split('\n').map((line) => (JSON.parse(line) as { trigger: { user: string } }).trigger.user)
    expect(users).toHaveLength(HOSTILE.length)
    for (const name of ['\u202Egnp.exe\u2066', '\u009B31mred', '<img src=x onerror=alert(1)>']) expect(users).toContain(name)
  })

  it('is scored without showing its names raw', async () => {
    const predicted = join(folder, 'predicted.jsonl')
    expect((await callCli(['reconstruct', log, '-o', predicted])).code).toBe(0)
    const { code, stdout, stderr } = await callCli(['score', predicted, predicted])
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(STEERS)])
    expect(stdout).not.toMatch(STEERS)
  })
})

describe('hostile names that a person hands on', () => {
  it.each([
    ['a file', ['reconstruct', join(folder, '\u001B[2J\u202Elog.jsonl')], 'There is no file'],
    ['a query', ['query', log, 'verb == "\u001B[31m\u202E" )'], 'line 1'],
    ['a model', ['reconstruct', log, '--model', '\u001B[2J'], '[2J'],
    ['an output', ['reconstruct', log, '-o', join(folder, 'none\u001B[2J', 'x')], 'could not be written'],
  ])('are shown, not obeyed: %s', async (_, args, said) => {
    const { code, stdout, stderr } = await callCli(args)
    expect(code).not.toBe(0)
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(STEERS)
    expect(stdout).toBe('')
  })
})
