import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { ALERT_LIMITS } from './limits'
import { alertOf, readAlerts } from './read-alerts'

const FALCO = {
  hostname: 'falco-x', output: '07:48:01.000123000: Notice Attach/Exec to pod (user=dora)', priority: 'Notice', rule: 'Attach/Exec Pod', source: 'k8s_audit', tags: ['k8s'], time: '2026-11-23T07:48:01.000123000Z',
  output_fields: { 'evt.time': 1795420081000123000, 'ka.target.name': 'crane-0', 'ka.target.namespace': 'yard', 'ka.target.resource': 'pods', 'ka.user.name': 'dora', 'ka.verb': 'create', 'ka.uri': '/api/v1/namespaces/yard/pods/crane-0/exec', 'ka.auditid': 'a-1' },
}
const line = JSON.stringify(FALCO)
const MICROS = 1_795_420_081_000_123

describe('the forms of an alert', () => {
  it('takes what Falco says of the request', () => {
    expect(alertOf(line, 3)).toEqual({
      line: 3, rule: 'Attach/Exec Pod', severity: 'Notice', auditID: 'a-1', micros: MICROS, user: 'dora', verb: 'create', resource: 'pods', namespace: 'yard', name: 'crane-0', uri: '/api/v1/namespaces/yard/pods/crane-0/exec', text: FALCO.output,
    })
  })

  it.each([
    ['without an audit id', { ...FALCO, output_fields: { ...FALCO.output_fields, 'ka.auditid': undefined } }, { auditID: null, micros: MICROS }],
    ['with <NA> for what it does not know', { ...FALCO, output_fields: { 'ka.auditid': '<NA>', 'ka.target.name': '<NA>', 'ka.user.name': null } }, { auditID: null, name: null, user: null }],
    ['with its time as text alone', { ...FALCO, output_fields: {} }, { micros: MICROS }],
    ['with a zone of four digits', { ...FALCO, time: undefined, output_fields: { 'jevt.time.iso8601': '2026-11-23T08:48:01.000123+0100' } }, { micros: MICROS }],
    ['as falcosidekick sends it on', { ...FALCO, uuid: '9f', output_fields: { 'ka.auditid': 'a-2' } }, { auditID: 'a-2', rule: 'Attach/Exec Pod' }],
    ['without its text', { ...FALCO, output: undefined }, { text: null, rule: 'Attach/Exec Pod' }],
    ['of another tool', { auditID: 'a-3', rule_name: 'Exec', severity: 'high', '@timestamp': '2026-11-23T07:48:01.000123Z', message: 'seen' }, { auditID: 'a-3', rule: 'Exec', severity: 'high', micros: MICROS, text: 'seen' }],
    ['of another tool, nested', { kubernetes: { audit: { auditID: 'a-4' } }, rule: { name: 'Exec' } }, { auditID: 'a-4', rule: 'Exec' }],
    ['of another tool, dotted', { 'kubernetes.audit.auditID': 'a-5', 'kibana.alert.rule.name': 'Exec', 'kibana.alert.severity': 'low' }, { auditID: 'a-5', rule: 'Exec', severity: 'low' }],
    ['of another tool, in seconds', { audit_id: 'a-6', time: 1_795_420_081 }, { auditID: 'a-6', micros: 1_795_420_081_000_000, rule: 'unnamed' }],
  ])('reads one %s', (_, value, expected) => expect(alertOf(JSON.stringify(value), 1)).toMatchObject(expected))

  it.each([['with a time before it', `2026-11-23T07:48:02Z ${line}`], ['as a container runtime keeps it', `2026-11-23T07:48:02.1Z stdout F ${line}`], ['as Docker keeps it', JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-11-23T07:48:02Z' })]])('sees through what stands around it: %s', (_, text) => {
    expect(alertOf(text, 1)).toMatchObject({ auditID: 'a-1', rule: 'Attach/Exec Pod' })
  })

  it.each(['', 'Falco initialized with configuration file', '{"hello":"world"}', '{', '[1]', 'null', '{"rule":5,"output_fields":{}}', '{"rule":"x"}', '{"auditID":{}}', '{"__proto__":{"auditID":"a"}}'])('is not fooled by %j', (text) => {
    expect(alertOf(text, 1)).toBeNull()
  })
})

describe('a file of alerts', () => {
  const read = (text: string | Uint8Array): ReturnType<typeof readAlerts> => readAlerts(memorySource(text))

  it('counts what is no alert, plain and packed alike', async () => {
    const text = `Falco is starting\n\n${line}\n{"broken\n${line}`
    const plain = await read(text)
    expect(plain).toMatchObject({ skipped: 2, firstSkipped: 1, beyond: 0 })
    expect(plain.alerts.map((alert) => alert.line)).toEqual([3, 5])
    expect(await read(new Uint8Array(gzipSync(text)))).toEqual(plain)
  })

  it('skips a line that is too long, and keeps texts short', async () => {
    const long = { ...FALCO, output: 'x'.repeat(ALERT_LIMITS.line) }
    const { alerts, skipped } = await read(`${JSON.stringify(long)}\n${JSON.stringify({ ...FALCO, output: 'y'.repeat(5000), rule: 'r'.repeat(5000) })}`)
    expect(skipped).toBe(1)
    expect([alerts[0]?.text?.length, alerts[0]?.rule.length]).toEqual([ALERT_LIMITS.text, ALERT_LIMITS.text])
  })

  it('says so when nothing of it is an alert', async () => {
    await expect(read('<html>')).rejects.toMatchObject({ code: 'no-alerts' })
    await expect(read('')).rejects.toMatchObject({ code: 'no-alerts' })
  })

  it('survives anything', () => {
    const keys = fc.constantFrom('rule', 'output', 'output_fields', 'time', 'priority', 'auditID', 'ka.auditid', 'evt.time', 'log', '__proto__', 'constructor')
    const value = fc.letrec((tie) => ({ any: fc.oneof({ depthSize: 'small' }, fc.jsonValue({ maxDepth: 1 }), fc.dictionary(keys, tie('any'))) })).any
    fc.assert(fc.property(fc.dictionary(keys, value), (record) => {
      const found = alertOf(JSON.stringify(record), 1)
      if (found === null) return
      expect(found.rule.length).toBeLessThanOrEqual(ALERT_LIMITS.text)
      expect(found.micros === null || Number.isSafeInteger(found.micros)).toBe(true)
    }), { numRuns: 500 })
  })
})
