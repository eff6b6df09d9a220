import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { byAuditID, canonicalEvent, labelLines } from '@/lib/labelling/dataset/canonical'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import { makeLabel } from '@/lib/labels/codec'
import { exportLabelled, LABELLED_FORMATS, FORMAT_ABOUT, type LabelledFormat } from './formats'
import { labelledLogBytes, readLabels } from './read-labels'
import { isExact } from './reference-code'
import type { LabelledEvent } from './types'

async function bytesOf(format: LabelledFormat, log: readonly LabelledEvent[]): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const lines = async function* (): AsyncGenerator<LabelledEvent> { yield* log }
  for await (const piece of exportLabelled(format, lines())) pieces.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece.slice())
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/** In pieces of odd sizes, as files come. */
async function* source(bytes: Uint8Array, size = 977): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function eventsOf(bytes: AsyncIterable<Uint8Array>): Promise<AuditEvent[]> {
  const events: AuditEvent[] = []
  for await (const batch of readAudit(bytes, { keepSecrets: true }).events) events.push(...batch)
  return events
}

/** Events and labels of a log in canonical form: equal where the data sets are. */
function form(events: readonly AuditEvent[], labels: ReadonlyMap<string, Labelling>): { events: string[]; labels: string[] } {
  return { events: events.map(canonicalEvent), labels: [...labelLines(labels)] }
}

function labelsOf(log: readonly LabelledEvent[]): Map<string, Labelling> {
  return new Map(log.flatMap(({ event, labelling }) => (labelling === null ? [] : [[event.auditID, labelling] as const])))
}

async function roundTrip(format: LabelledFormat, log: readonly LabelledEvent[]): Promise<void> {
  const bytes = await bytesOf(format, log)
  const read = await readLabels(source(bytes), 'file')
  const events = FORMAT_ABOUT[format].back === 'all' ? await eventsOf(labelledLogBytes(source(bytes), 'file')) : log.map(({ event }) => event)
  expect(form(events, read.labels)).toEqual(form(log.map(({ event }) => event), labelsOf(log)))
  expect(read.contradicting).toBe(0)
}

const BACK = LABELLED_FORMATS.filter((format) => ['all', 'labels'].includes(FORMAT_ABOUT[format].back))

const text = fc.oneof(fc.constantFrom('web', '=cmd|calc', '\u001b[2J', '\u202eevil', 'a"b,c\r\nd', '<script>', '__proto__', ''), fc.string({ maxLength: 12 }).map((s) => s.toWellFormed().replaceAll('\u0000', '')))
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('\\u0000')) as fc.Arbitrary<JsonObject[string]>
const VERBS = ['create', 'get', 'list', 'patch', 'delete', 'deletecollection', 'watch', 'update']
const RESOURCES = [['', 'pods'], ['apps', 'deployments'], ['', 'namespaces'], ['lab.example', 'gizmos'], ['coordination.k8s.io', 'leases']] as const

const request = fc.record({
  user: fc.constantFrom('alice', 'system:apiserver', 'system:serviceaccount:kube-system:x', 'system:serviceaccount:shop:y', ''), verb: fc.constantFrom(...VERBS),
  resource: fc.option(fc.constantFrom(...RESOURCES)), name: text, body: json, stages: fc.integer({ min: 1, max: 2 }),
  role: fc.option(fc.constantFrom('trigger', 'consequence', 'background', 'nonresource')), context: fc.option(fc.constantFrom('c1', 'c 2', '=c', '1010', '2020'), { freq: 4 }), label: fc.option(fc.nat({ max: 7 * RESOURCES.length * 4 }), { freq: 4 }),
})

/** A log whose labels need not be sensible: people and files may say anything. */
const labelledLog = fc.array(request, { minLength: 1, maxLength: 12 }).map((requests) => requests.flatMap((made, i): LabelledEvent[] => {
  const [group, resource] = made.resource ?? ['', '']
  const raw = (stage: string): JsonObject => ({
    auditID: `id-${i}`, stage, level: 'RequestResponse', verb: made.verb, user: { username: made.user, groups: ['g'] }, requestURI: `/api/v1/x?q=${encodeURIComponent(made.name)}`,
    ...(made.resource && { objectRef: { resource, apiGroup: group, namespace: 'shop', name: made.name } }), responseStatus: { metadata: {}, code: 200, message: made.name },
    requestObject: made.body, annotations: { 'a/b': made.name }, requestReceivedTimestamp: `2026-11-23T06:00:0${i % 10}.00000${i % 10}Z`, stageTimestamp: '2026-11-23T06:00:01.5Z',
  })
  const [labelGroup, labelResource] = RESOURCES[(made.label ?? 0) % RESOURCES.length] ?? ['', 'pods']
  const label = made.label === null ? null : makeLabel({ group: labelGroup, resource: labelResource, verb: VERBS[made.label % VERBS.length] ?? 'get', namespaced: made.label % 2 === 0, single: made.label % 3 === 0 })
  const labelling: Labelling | null = made.role === null ? null : { role: made.role as Labelling['role'], context: made.context, label }
  return ['RequestReceived', 'ResponseComplete'].slice(0, made.stages).map((stage) => ({ event: normaliseEvent(raw(stage)), labelling }))
}))

describe('export, then import', () => {
  it.each(BACK)('gives the same log and labels in %s, whatever they are', async (format) => {
    await fc.assert(fc.asyncProperty(labelledLog.filter((log) => format !== 'truth' || log.some(({ labelling }) => labelling !== null)), (log) => roundTrip(format, log)), { numRuns: 40 })
  })

  it.each(BACK)('gives the same of a real capture in %s', async (format) => {
    await roundTrip(format, await capture())
  })

  it('needs our own field on few lines of a real capture to say it in the reference implementation\'s', async () => {
    const log = await capture()
    const needed = log.filter(({ event, labelling }) => !isExact(event, labelling)).length
    expect(needed).toBeGreaterThan(0)
    expect(needed / log.length).toBeLessThan(0.02)
  })
})

let held: Promise<LabelledEvent[]> | undefined

/** The first lines of lab-a with their truth. */
function capture(): Promise<LabelledEvent[]> {
  held ??= (async () => {
    const { labels } = await readLabels(openSource('datasets/lab-a/truth.jsonl.gz'), 'truth')
    const log: LabelledEvent[] = []
    for await (const batch of readAudit(openSource('datasets/lab-a/audit.jsonl.gz')).events) {
      log.push(...batch.map((event) => ({ event, labelling: labels.get(event.auditID) ?? null })))
      if (log.length >= 1000) break
    }
    return log
  })()
  return held
}

describe('reading labels', () => {
  const reference = (lines: readonly object[]) => readLabels(source(new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n'))), 'x.jsonl')
  const event = { stage: 'ResponseComplete', verb: 'create', user: { username: 'alice' }, objectRef: { resource: 'deployments', apiGroup: 'apps', namespace: 'shop', name: 'web' } }
  const create = makeLabel({ group: 'apps', resource: 'deployments', verb: 'create', namespaced: true, single: true })

  it('takes the fields of the reference implementation', async () => {
    const kubelet = { ...event, verb: 'get', user: { username: 'system:node:n' }, objectRef: { resource: 'pods', namespace: 'shop', name: 'p' } }
    const { labels, format, unlabelled } = await reference([
      { ...event, auditID: 'a', label: create.code, uuid_new: 'u1' },
      { ...kubelet, auditID: 'b', label: String(create.code), UUID: 'u1' },
      { ...kubelet, auditID: 'c', label: 17808, cplabel: true },
      { stage: 'ResponseComplete', requestURI: '/healthz', verb: 'get', auditID: 'd', label: -2 },
      { ...kubelet, auditID: 'e', label: -1 }, { ...kubelet, auditID: 'f', label: -3, uuid_new: 'u2' }, { ...kubelet, auditID: 'g', label: 2 ** 50 },
      { ...kubelet, auditID: 'h', label: create.code, UUID: '1010' }, { ...kubelet, auditID: 'i', label: create.code, UUID: 2020 },
    ])
    expect({ format, unlabelled }).toEqual({ format: 'k8ntext', unlabelled: 3 })
    expect([...labels].map(([id, { role, context, label }]) => [id, role, context, label?.verb ?? null])).toEqual([
      ['a', 'trigger', 'u1', 'create'], ['b', 'consequence', 'u1', 'create'], ['c', 'background', null, null], ['d', 'nonresource', null, null], ['h', 'consequence', null, 'create'], ['i', 'background', null, null],
    ])
  })

  it('writes what that implementation reads', async () => {
    const lines = new TextDecoder().decode(await bytesOf('k8ntext', [{ event: normaliseEvent({ ...event, auditID: 'a' }), labelling: { role: 'trigger', context: 'u1', label: create } }]))
    const { label, uuid_new: context, auditweave, cplabel } = JSON.parse(lines) as Record<string, unknown>
    expect({ label, context, auditweave, cplabel }).toEqual({ label: create.code, context: 'u1' })
  })

  it('unpacks gzip and says which line is at fault', async () => {
    const truth = (lines: string) => readLabels(source(gzipSync(lines), 11), 'truth.gz')
    expect((await truth('{"auditID":"a","context":null,"role":"background","label":null}\n')).format).toBe('truth')
    await expect(truth('{"auditID":"a","context":null,"role":"background","label":null}\n{"auditID":"b"}')).rejects.toThrow(/record 2: role/)
    await expect(truth('{"auditID":"a","context":null,"role":"trigger","label":{"group":"","resource":"pods","verb":"eat","namespaced":true,"single":true}}')).rejects.toThrow(/record 1: No label has the verb "eat"/)
    await expect(truth('\n')).rejects.toThrow(expect.objectContaining({ code: 'not-records' }))
    await expect(truth('[1]')).rejects.toThrow(/line 1: not a JSON object/)
    await expect(readLabels(source(new TextEncoder().encode('PAR1 and no more')), 'x.parquet')).rejects.toThrow(expect.objectContaining({ code: 'not-labelled' }))
  })

  it('tells lines that contradict each other', async () => {
    const { labels, contradicting } = await reference([{ ...event, auditID: 'a', label: create.code, uuid_new: 'u1' }, { ...event, auditID: 'a', label: create.code, uuid_new: 'u2' }])
    expect([contradicting, labels.get('a')?.context]).toEqual([1, 'u1'])
  })
})

describe('the table', () => {
  it('defuses formulas', async () => {
    const log = [{ event: normaliseEvent({ auditID: '=1+1', user: { username: '@sum' }, verb: 'get' }), labelling: { role: 'trigger', context: '-c', label: null } as Labelling }]
    expect(new TextDecoder().decode(await bytesOf('csv', log)).split('\r\n')[1]).toBe(`"'=1+1",,,"'@sum",get,trigger,"'-c",,,,,,,`)
  })
})

describe('canonical forms', () => {
  it('do not depend on the order of keys or of lines, and on everything else', () => {
    const one = normaliseEvent({ auditID: 'a', requestObject: { b: 1, a: { d: [1, 2], c: null } } })
    expect(canonicalEvent(normaliseEvent({ auditID: 'a', requestObject: { a: { c: null, d: [1, 2] }, b: 1 } }))).toBe(canonicalEvent(one))
    expect(canonicalEvent(normaliseEvent({ auditID: 'a', requestObject: { a: { c: null, d: [2, 1] }, b: 1 } }))).not.toBe(canonicalEvent(one))
    expect(canonicalEvent(normaliseEvent({ auditID: 'a', requestObject: { text: '\u0000\ud800' } }))).toContain('\uFFFD\uFFFD')
    const labels: [string, Labelling][] = [['b', { role: 'background', context: null, label: null }], ['a', { role: 'trigger', context: 'c', label: null }]]
    expect([...labelLines(labels)]).toEqual([...labelLines(labels.toReversed())])
    expect([...labels].sort(byAuditID)[0]?.[0]).toBe('a')
  })
})
