import { describe, expect, it } from 'vitest'
import { buildLog } from '@/lib/contexts/testing/cluster/build-log'
import { OPERATIONS } from '@/lib/contexts/testing/cluster/operations'
import { profiles } from '@/lib/contexts/testing/cluster/profile'
import { Random } from '@/lib/contexts/testing/cluster/random'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { exportOtlp } from '@/lib/export/otlp'

/** JSON names and kinds of fields, from opentelemetry-proto v1 (trace.proto, resource.proto, common.proto) by the mapping of protobuf to JSON, ids as hex. */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TracesData: { resourceSpans: 'ResourceSpans[]' },
  ResourceSpans: { resource: 'Resource', scopeSpans: 'ScopeSpans[]', schemaUrl: 'string' },
  Resource: { attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  ScopeSpans: { scope: 'InstrumentationScope', spans: 'Span[]', schemaUrl: 'string' },
  InstrumentationScope: { name: 'string', version: 'string', attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  Span: {
    traceId: 'hex32', spanId: 'hex16', traceState: 'string', parentSpanId: 'hex16?', flags: 'uint32', name: 'string', kind: 'enum', startTimeUnixNano: 'fixed64', endTimeUnixNano: 'fixed64',
    attributes: 'KeyValue[]', droppedAttributesCount: 'uint32', events: 'Event[]', droppedEventsCount: 'uint32', links: 'Link[]', droppedLinksCount: 'uint32', status: 'Status',
  },
  Status: { message: 'string', code: 'enum' },
  KeyValue: { key: 'string', value: 'AnyValue' },
  AnyValue: { stringValue: 'string', boolValue: 'bool', intValue: 'fixed64', doubleValue: 'double', arrayValue: 'ArrayValue', kvlistValue: 'KeyValueList', bytesValue: 'string' },
}
const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string', bool: (value) => typeof value === 'boolean', double: (value) => typeof value === 'number', uint32: (value) => Number.isInteger(value), enum: (value) => Number.isInteger(value),
  fixed64: (value) => typeof value === 'string' && /^-?\d+$/.test(value), hex32: (value) => /^(?!0{32})[0-9a-f]{32}$/.test(String(value)), hex16: (value) => /^(?!0{16})[0-9a-f]{16}$/.test(String(value)),
  'hex16?': (value) => value === '' || /^[0-9a-f]{16}$/.test(String(value)),
}

/** Where a value departs from the message. */
function faults(value: unknown, message: string, path: string): string[] {
  if (message.endsWith('[]')) return Array.isArray(value) ? value.flatMap((one, i) => faults(one, message.slice(0, -2), `${path}[${i}]`)) : [`${path} is no list`]
  const scalar = SCALARS[message]
  if (scalar) return scalar(value) ? [] : [`${path} is no ${message}: ${JSON.stringify(value)}`]
  const fields = MESSAGES[message]
  if (!fields || typeof value !== 'object' || value === null) return [`${path} is no ${message}`]
  const entries = Object.entries(value)
  const found = entries.flatMap(([name, field]) => (fields[name] ? faults(field, fields[name], `${path}.${name}`) : [`${path} has an unknown field ${name}`]))
  return message === 'AnyValue' && entries.length !== 1 ? [...found, `${path} has ${entries.length} values`] : found
}

interface Span { readonly traceId: string; readonly spanId: string; readonly parentSpanId: string; readonly startTimeUnixNano: string; readonly endTimeUnixNano: string; readonly name: string; readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[] }
interface Traces { readonly resourceSpans: readonly { readonly resource: { readonly attributes: unknown[] }; readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly Span[] }[] }[] }

const [profile] = profiles(new Random(3))
if (!profile) throw new Error('no profile')
const log = buildLog(profile, Object.values(OPERATIONS), 3)
const result = reconstruct(log.events.map((event) => extractFacts(event)))

async function write(): Promise<Traces> {
  let text = ''
  for await (const piece of exportOtlp(result.records, result.contexts)) text += piece
  return JSON.parse(text) as Traces
}

describe('OTLP in JSON', () => {
  it('has the fields of the published messages and no other', async () => {
    expect(faults(await write(), 'TracesData', 'data')).toEqual([])
  })

  it('goes out in requests that a receiver takes, one a line, that together have every span once', async () => {
    const most = 20_000
    const requests: Traces[] = []
    for await (const line of exportOtlp(result.records, result.contexts, most)) {
      expect(line.indexOf('\n')).toBe(line.length - 1)
      expect(Buffer.byteLength(line)).toBeLessThan(most + 1000)
      const one = JSON.parse(line) as Traces
      expect(faults(one, 'TracesData', 'data')).toEqual([])
      requests.push(one)
    }
    expect(requests.length).toBeGreaterThan(3)
    const spans = (traces: Traces) => traces.resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    expect(requests.flatMap(spans)).toEqual(spans(await write()))
  })

  it('names its resource and its scope', async () => {
    const [{ resource, scopeSpans }] = (await write()).resourceSpans as unknown as [Traces['resourceSpans'][number]]
    expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'kube-apiserver' } })
    expect(scopeSpans[0]?.scope.name).toBe('auditweave')
  })

  it('makes each context one tree of spans: one root, every parent in the same trace, and no way back to itself', async () => {
    const spans = (await write()).resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    expect(spans).toHaveLength(result.contexts.reduce((sum, { events }) => sum + events, 0))
    const traces = grouped(spans)
    expect(traces.size).toBe(result.contexts.length)
    for (const trace of traces.values()) {
      const byId = new Map(trace.map((span) => [span.spanId, span]))
      expect(byId.size).toBe(trace.length)
      expect(trace.filter(({ parentSpanId }) => parentSpanId === '')).toHaveLength(1)
      for (const span of trace) {
        expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano))
        let steps = 0
        for (let up: Span | undefined = span; up && up.parentSpanId !== ''; up = byId.get(up.parentSpanId)) expect(++steps).toBeLessThanOrEqual(trace.length)
        if (span.parentSpanId !== '') expect(byId.has(span.parentSpanId)).toBe(true)
      }
    }
  })

  it('types its attributes', async () => {
    const spans = (await write()).resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    const kinds = new Map(spans.flatMap(({ attributes }) => attributes.map(({ key, value }) => [key, Object.keys(value)[0]] as const)))
    expect(kinds.get('auditweave.confidence')).toBe('doubleValue')
    expect(kinds.get('auditweave.events')).toBe('intValue')
    expect(kinds.get('k8s.audit.id')).toBe('stringValue')
  })
})

function grouped(spans: readonly Span[]): Map<string, Span[]> {
  const traces = new Map<string, Span[]>()
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span])
  return traces
}
