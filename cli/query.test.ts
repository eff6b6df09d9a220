import { describe, expect, it } from 'vitest'
import { callCli } from './testing/call-cli'
import { runCli } from './testing/run-cli'

interface Answer { context: string; label: { verb: string } | null; trigger: { auditID: string; requestReceivedTimestamp: string; user: string; verb: string; objectRef: object }; events: number; first: string; last: string }

const SAMPLE = 'datasets/sample/audit.jsonl.gz'

function ask(query: string): Answer[] {
  const { code, stdout, stderr } = runCli(['query', SAMPLE, query])
  expect([code, stderr]).toEqual([0, ''])
  return stdout.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Answer)
}

describe('query', () => {
  it('answers with the contracted record, in time order', () => {
    const answers = ask('verb == "create"')
    expect(answers.length).toBeGreaterThan(1)
    for (const answer of answers) {
      expect(Object.keys(answer)).toEqual(['context', 'label', 'trigger', 'events', 'first', 'last'])
      expect(Object.keys(answer.trigger)).toEqual(['auditID', 'requestReceivedTimestamp', 'user', 'verb', 'objectRef'])
      expect(answer.trigger.verb).toBe('create')
    }
    const times = answers.map((answer) => answer.trigger.requestReceivedTimestamp)
    expect(times).toEqual(times.toSorted())
  })

  it('gives the contexts that reconstruct gives', async () => {
    const records = (await callCli(['reconstruct', SAMPLE])).stdout.trim().split('\n').map((line) => JSON.parse(line) as { auditID: string; role: string; context: string | null })
    const triggers = new Map(records.filter((record) => record.role === 'trigger').map((record) => [record.context, record.auditID]))
    const all = ask('exists(verb)')
    expect(new Map(all.map((answer) => [answer.context, answer.trigger.auditID]))).toEqual(triggers)
    expect(ask('context.events > 5 and confidence == 1').map((answer) => answer.context)).toEqual(all.filter((answer) => answer.events > 5).map((answer) => answer.context))
  })

  it('asks about members, and of the time that it is given', async () => {
    const [all, deleting, late] = [ask('exists(verb)'), ask('verb == "delete" and count(resource == "pods") > 10'), ask('size > 10 and any(code == 403)')]
    expect(deleting.length).toBeGreaterThan(0)
    expect(deleting.every((answer) => answer.events > 10 && answer.trigger.verb === 'delete')).toBe(true)
    expect(late.every((answer) => answer.events > 10)).toBe(true)
    const last = all.at(-1)?.trigger.requestReceivedTimestamp ?? ''
    const { stdout } = await callCli(['query', SAMPLE, 'requestTime >= now', '--now', last])
    expect(stdout.trim().split('\n').map((line) => (JSON.parse(line) as Answer).trigger.requestReceivedTimestamp)).toContain(last)
    expect((await callCli(['query', SAMPLE, 'requestTime > now', '--now', 'soon'])).code).toBe(2)
  })

  it('tells with --explain how it is answered', async () => {
    const text = await callCli(['query', SAMPLE, 'verb == "delete" and any(code >= 400)', '--explain'])
    expect([text.code, text.stderr]).toEqual([0, ''])
    expect(text.stdout).toMatch(/^test +of +by +values +looked at +left\nverb == "delete" +contexts +/)
    expect(text.stdout).toMatch(/of 144 contexts match; columns read: responseStatus\.code, verb\n$/)
    const plan = JSON.parse((await callCli(['query', SAMPLE, 'verb == "delete"', '--explain', '--json'])).stdout) as { rows: number; matched: number; steps: object[] }
    expect(plan).toMatchObject({ of: 'contexts', rows: 144, matched: ask('verb == "delete"').length, steps: [{ test: 'verb == "delete"', on: 'contexts' }] })
  })

  it('answers a query that nothing matches with nothing', () => {
    expect(ask('verb == "get" and verb == "create"')).toEqual([])
  })
})
