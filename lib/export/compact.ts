import { AuditweaveError } from '@/lib/audit/errors'
import { formatMicros, parseMicros } from '@/lib/audit/time'
import type { ContextRecord, Link, ReconstructedRecord, Reconstruction } from '@/lib/contexts/types'
import { parseHead, parseContextLine, type CompactContext, type CompactMember } from '@/lib/export/compact-form'
import { safeJson } from '@/lib/contexts/visible-text'

/** Microseconds since the context's first event where that gives the logged text back, else the text. */
function packTime(text: string | null, base: number): number | string | null {
  const micros = parseMicros(text)
  return micros !== null && formatMicros(micros) === text ? micros - base : text
}

function unpackTime(packed: number | string | null, base: number): string | null {
  return typeof packed === 'number' ? formatMicros(base + packed) : packed
}

function packMember(record: ReconstructedRecord, base: number, place: ReadonlyMap<string, number>): CompactMember {
  const links = record.links.map((link): [string, string, number | string, number] => [link.rule, link.key, place.get(link.to) ?? link.to, link.score])
  return [record.auditID, packTime(record.requestReceivedTimestamp, base), record.stage, record.confidence, links]
}

function packContext(context: ContextRecord, records: readonly ReconstructedRecord[]): CompactContext {
  const base = parseMicros(context.first) ?? 0
  const place = new Map(context.members.map((id, i) => [id, i]))
  return {
    id: context.id, label: context.label, trigger: context.trigger, base: context.first, last: context.last, ...(context.command ? { command: context.command } : {}),
    members: records.map((record) => packMember(record, base, place)),
  }
}

/**
 * The storage form of the paper: one line a context, with the essential fields of its events; what belongs to no context is
 * counted and left out. Stages of one auditID are one member, the last one logged.
 */
export async function* exportCompact(records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>): AsyncGenerator<string> {
  const byContext = new Map<string, Map<string, ReconstructedRecord>>()
  let [total, left] = [0, 0]
  for (const record of records) {
    total++
    if (record.context === null) {
      left++
      continue
    }
    const known = byContext.get(record.context) ?? new Map<string, ReconstructedRecord>()
    byContext.set(record.context, known.set(record.auditID, record))
  }
  yield `${safeJson({ format: 'auditweave-compact', version: 1, records: total, outsideContexts: left })}\n`
  for (const context of contexts) yield `${safeJson(packContext(context, [...(byContext.get(context.id)?.values() ?? [])]))}\n`
}

function unpackContext(packed: CompactContext): { context: ContextRecord; records: ReconstructedRecord[] } {
  const base = parseMicros(packed.base) ?? 0
  const members = packed.members.map(([auditID]) => auditID)
  const records = packed.members.map(([auditID, time, stage, confidence, links]): ReconstructedRecord => ({
    auditID, stage, requestReceivedTimestamp: unpackTime(time, base),
    role: auditID === packed.trigger.auditID ? 'trigger' : 'consequence', label: packed.label, confidence, context: packed.id,
    links: links.map(([rule, key, to, score]): Link => ({ rule, key, to: typeof to === 'number' ? members[to] ?? '' : to, score })),
  }))
  return { records, context: { id: packed.id, trigger: packed.trigger, label: packed.label, events: members.length, first: packed.base, last: packed.last, command: packed.command ?? null, members } }
}

/** Reads the compact form back. Throws AuditweaveError `not-compact` with the line at fault. */
export function parseCompact(text: string): Reconstruction {
  const lines = text.split('\n').filter((line) => line !== '')
  parseHead(lines[0] ?? '')
  const parsed = lines.slice(1).map((line, i) => {
    const context = parseContextLine(line)
    if (!context) throw new AuditweaveError('not-compact', `line ${i + 2} of the compact file is not a context: write the file again with --format compact`)
    return unpackContext(context)
  })
  const records = parsed.flatMap((one) => one.records)
  records.sort((a, b) => (parseMicros(a.requestReceivedTimestamp) ?? Infinity) - (parseMicros(b.requestReceivedTimestamp) ?? Infinity) || 0)
  return { records, contexts: parsed.map((one) => one.context) }
}
