import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import { parseExplanation } from '@/lib/model/explain/explanation-file'
import { tinyModel } from '@/lib/model/fixtures/tiny-model'
import { writeModelDirectory } from '@/lib/model/model-directory.node.ts'
import { callCli } from './testing/call-cli'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-explain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)
const model = at('tiny')
const log = at('audit.jsonl')

beforeAll(async () => {
  await writeModelDirectory(model, tinyModel())
  const events = allScenarios().flatMap(({ events: all }) => all)
  writeFileSync(log, events.map((event) => JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', ...event })).join('\n'))
  writeFileSync(at('truth.jsonl'), events.map(({ auditID }) => JSON.stringify({ auditID, role: 'background', label: null, context: null })).join('\n'))
})

describe('model importance', () => {
  it('prints what is lost, and keeps it with the training lines beside the model', async () => {
    const { code, stdout, stderr } = await callCli(['model', 'importance', model, '--dataset', log, '--repeats', '1', '--top', '3', '--save', '--threads', '1'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('that it was not trained on') as string])
    expect(stdout.split('\n')[0]).toMatch(/^feature +accuracy lost +± +macro F1 lost +± +confidence lost +±$/)
    expect(stdout).toContain('all of objectRef')
    const explanation = parseExplanation(readFileSync(join(model, 'explanation.json'), 'utf8'))
    expect(explanation).toMatchObject({ model: { name: 'tiny' }, importance: { repeats: 1 }, tree: { context: [0] } })
    // This log is not the one that the model learnt from, so that none of its lines are training lines.
    expect(existsSync(join(model, 'neighbours.json'))).toBe(false)
  })
})

describe('model tree', () => {
  it.each([['svg', /^<svg /], ['text', / lines, \d+ %\)/]])('is written as %s', async (format, look) => {
    const { code, stdout, stderr } = await callCli(['model', 'tree', model, '--dataset', log, '--depth', '3', '--format', format, '--threads', '1'])
    expect(code).toBe(0)
    expect(stdout).toMatch(look)
    expect(stderr).toMatch(/It gives [\d.]+ % of \d+ lines the model's label \(macro F1 against the model [\d.]+\)/)
  })
})

describe('model explain', () => {
  it('explains a line by its auditID or its number', async () => {
    const { code, stdout, stderr } = await callCli(['model', 'explain', log, 'namespace-2', '--model', model])
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Line \d+ \(namespace-2\): tiny says /)
    expect(stdout).toMatch(/^feature of the line +drop +gradient/)
    expect(stderr).toMatch(/^Check: rank correlation of the two /m)
    const { line } = JSON.parse((await callCli(['model', 'explain', log, 'namespace-2', '--model', model, '--json'])).stdout) as { line: number }
    expect(JSON.parse((await callCli(['model', 'explain', log, String(line), '--model', model, '--json'])).stdout)).toMatchObject({ auditID: 'namespace-2', model: { name: 'tiny' }, nearest: null })
  })
  it.each([['nobody', /no request for an API object with the auditID "nobody"/], ['99999', /There is no line 99999/]])('says so where there is no line %s', async (line, words) => {
    const { code, stderr } = await callCli(['model', 'explain', log, line, '--model', model])
    expect([code, stderr]).toEqual([1, expect.stringMatching(words) as string])
  })
})

