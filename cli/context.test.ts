import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './testing/run-cli'

const LOG = fileURLToPath(new URL('../datasets/sample/audit.jsonl.gz', import.meta.url))
let folder = ''
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'auditweave-context-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('auditweave context', () => {
  it('writes a context that query has found, by its id or by an event of it', () => {
    const [line] = runCli(['query', LOG, 'context.events > 10']).stdout.split('\n')
    const { context, trigger, events } = JSON.parse(line ?? '') as { context: string; trigger: { auditID: string }; events: number }
    const json = runCli(['context', LOG, trigger.auditID, '--format', 'json', '--model', 'none'])
    const story = JSON.parse(json.stdout) as { context: { id: string }; events: { event: { auditID: string }; record: { context: string } }[] }
    expect(story.context.id).toBe(context)
    expect(story.events).toHaveLength(events)
    expect(story.events.every(({ record }) => record.context === context)).toBe(true)
    const file = path.join(folder, 'incident.html')
    expect(runCli(['context', LOG, context, '-o', file, '--model', 'none']).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain(trigger.auditID)
  })

  it.each([[['-', 'ctx-1'], 2, /read twice/], [[LOG, 'ctx-ffffffffffffffff', '--model', 'none'], 1, /no context ctx-ffffffffffffffff/]])('says what is wrong: %j', (args, code, message) => {
    expect(runCli(['context', ...args])).toMatchObject({ code, stderr: expect.stringMatching(message) as unknown })
  })
})
