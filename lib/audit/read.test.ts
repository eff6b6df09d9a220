import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from './event'
import { makeEvent } from './fixtures/make-event'
import { readAll } from './fixtures/read-all'
import { readEventObject } from './unwrap'

const fixture = (name: string) => readFile(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
const events = Array.from({ length: 12 }, (_, i) => makeEvent(i))
const ids = events.map(event => event.auditID)
const lines = events.map(event => JSON.stringify(event))
const list = { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {}, items: events }
const { kind: _, ...kindLast } = list

describe('layouts', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['JSON lines', `${lines.join('\n')}\n`, 'jsonl'],
    ['no final line feed', lines.join('\n'), 'jsonl'],
    ['CRLF', `${lines.join('\r\n')}\r\n`, 'jsonl'],
    ['a byte order mark', `\ufeff${lines.join('\n')}\n`, 'jsonl'],
    ['blank lines', `\n\n${lines.join('\n \n\n')}\n`, 'jsonl'],
    ['NULs before lines, as a log cut while open has them', `${'\0'.repeat(5000)}${lines.join('\n\0\0')}\n`, 'jsonl'],
    ['the time before each line', lines.map(line => `2026-03-04T05:00:00.123456789Z stdout F ${line}\n`).join(''), 'jsonl'],
    ['pretty-printed one after the other', events.map(event => JSON.stringify(event, null, 2)).join('\n'), 'jsonl'],
    ['one after the other on one line', lines.join(''), 'jsonl'],
    ['an EventList on one line', JSON.stringify(list), 'eventlist'],
    ['an EventList, kind last', `\ufeff${JSON.stringify({ ...kindLast, kind: 'EventList' })}\n`, 'eventlist'],
    ['an EventList, pretty-printed', JSON.stringify(list, null, 4), 'eventlist'],
    ['an EventList, an item a line', `{"kind":"EventList","items":[\n${lines.join(',\n')}\n]}\n`, 'eventlist'],
    ['an EventList on each line', `${JSON.stringify({ ...list, items: events.slice(0, 5) })}\n${JSON.stringify({ ...list, items: events.slice(5) })}\n`, 'eventlist'],
    ['a JSON array', JSON.stringify(events), 'array'],
    ['a JSON array, pretty-printed', JSON.stringify(events, null, '\t'), 'array'],
    ['gzip', gzipSync(`${lines.join('\n')}\n`), 'jsonl'],
    ['gzip of an EventList', gzipSync(JSON.stringify(list)), 'eventlist'],
    ['gzip of several members', Buffer.concat([gzipSync(`${lines.slice(0, 4).join('\n')}\n`), gzipSync(''), gzipSync(`${lines.slice(4).join('\n')}\n`)]), 'jsonl'],
    ['a mixture, line by line', [...lines.slice(0, 10), JSON.stringify({ properties: { log: lines[10] } }), JSON.stringify({ message: lines[11] })].join('\n'), 'jsonl'],
  ])('%s', async (_name, content, envelope) => {
    const read = await readAll(content)
    expect(read.ids).toEqual(ids)
    expect(read.report).toMatchObject({ events: 12, rejected: 0, envelope, levels: { RequestResponse: 12 }, truncated: null, nonResource: 0 })
    expect(read.report.firstMicros).toBe(read.events[0]?.receivedMicros)
    expect(read.report.lastMicros).toBe(read.events[11]?.receivedMicros)
  })

  test('a damaged first line costs that line alone', async () => {
    for (const damage of ['"name":"x"}}', '{"kind":"Event","user":{"us', '{"kind":"Event",', '[2026-03-04] INFO started', '{"a":{"b":1']) {
      const read = await readAll(`${damage}\n${lines.join('\n')}\n`)
      expect(read.ids, damage).toEqual(ids)
      expect(read.report.rejected, damage).toBe(1)
    }
  })

  test('a damaged item of a list costs little more than itself', async () => {
    const read = await readAll(`[${lines.slice(0, 3).join(',')},\n{"kind":"Event","broken":"no end\n},${lines.slice(3).join(',')}]`)
    expect(read.ids).toEqual(ids)
    expect(read.report.rejects.get('not valid JSON')?.first[0]).toEqual({ line: 4, excerpt: '{"kind":"Event","broken":"no end\\u000a' })
  })
})

describe('envelopes', () => {
  test('EKS: CloudWatch subscription', async () => {
    const read = await readAll(await fixture('eks.cloudwatch.json'))
    expect(read.ids).toEqual(['eks-1', 'eks-2'])
    expect(read.report).toMatchObject({ envelope: 'eks', nonResource: 1, rejected: 1 })
    expect(read.report.rejects.get('not an audit event')?.count).toBe(1)
  })

  test('EKS: Logs Insights and get-log-events', async () => {
    const read = await readAll(await fixture('eks.insights.jsonl'))
    expect(read.ids).toEqual(['ins-1', 'ins-2', 'ins-3'])
    expect(read.report).toMatchObject({ envelope: 'eks', rejected: 0 })
  })

  test('AKS: properties.log as text and as object, records', async () => {
    const read = await readAll(await fixture('aks.jsonl'))
    expect(read.ids).toEqual(['aks-1', 'aks-2', 'aks-3'])
    expect(read.report).toMatchObject({ envelope: 'aks', rejected: 1, levels: { RequestResponse: 1, Metadata: 2 } })
    expect(read.events[0]?.objectRef).toMatchObject({ resource: 'deployments', apiGroup: 'apps', name: 'web' })
  })

  test('GKE: protoPayload as far as it goes', async () => {
    const read = await readAll(await fixture('gke.jsonl'))
    const golden = JSON.parse(await fixture('gke.golden.json')) as JsonObject[]
    expect(read.report).toMatchObject({ envelope: 'gke', rejected: 1 })
    expect(JSON.parse(JSON.stringify(read.events))).toEqual(golden)
  })

  test('v1beta1 and v1alpha1', async () => {
    const read = await readAll(await fixture('beta.jsonl'))
    expect(read.events.map(event => [event.auditID, event.requestReceivedTimestamp])).toEqual([
      ['beta-1', '2018-03-04T05:04:05.123456Z'],
      ['alpha-1', '2017-03-04T05:04:06Z'],
    ])
  })

  test('readEventObject unwraps and redacts what a person pastes', () => {
    const secret = makeEvent(1, { objectRef: { resource: 'secrets' }, requestObject: { data: { a: 'x' } } })
    expect(readEventObject({ items: [secret] })[0]?.requestObject).toEqual({ data: { a: '[redacted]' } })
    expect(readEventObject({ kind: 'Pod', apiVersion: 'v1' })).toEqual([])
    expect(readEventObject('text')).toEqual([])
  })

  test('Secrets inside an envelope are redacted, unless kept', async () => {
    const inner = JSON.stringify(makeEvent(1, { responseObject: { kind: 'Secret', data: { a: 'pla1nted' } } }))
    const content = JSON.stringify({ properties: { log: inner } })
    const read = await readAll(content)
    expect(JSON.stringify(read.events)).not.toContain('pla1nted')
    expect(read.report.redactions).toBe(1)
    const kept = await readAll(content, { keepSecrets: true })
    expect(JSON.stringify(kept.events)).toContain('pla1nted')
    expect(kept.report.redactions).toBe(0)
  })
})
