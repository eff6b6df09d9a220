import type { ContextRecord, ReconstructedRecord, Reconstruction } from '@/lib/contexts/types'
import { safeJson } from '@/lib/contexts/visible-text'
import { exportRecords } from '@/lib/export/formats'
import type { Measurement } from '../measure-spec'
import type { Point } from '../points'
import { auditLine } from './audit-line'
import { findContexts, logFor, predictedLabels } from './find-contexts'
import { firstEvents } from './first-events'
import { MeasuredText, type TextSizes } from './measured-text'
import type { MeasurementDeps } from './measurement-deps'

type Settings = Extract<Measurement, { measurement: 'storage' }>

/** Sizes of one form of storage, and how many lines of the log (or contexts) it tells of. */
interface Stored extends Partial<TextSizes> { readonly bytes: number; readonly held: number }

const BATCH = 1000

/**
 * Section 7.3: what a log takes as it is, with its contexts written into it, without control plane, as records, in the compact form and as contexts without
 * their members; some also packed with gzip. A point a form.
 */
export async function measureStorage({ lines, method }: Settings, deps: MeasurementDeps): Promise<Point[]> {
  const log = await deps.loadLog()
  const kept = logFor(method, 'predicted')
  const raw = new MeasuredText()
  const lengths: { readonly auditID: string; readonly bytes: number }[] = []
  for await (const batch of firstEvents(log, lines, deps)) {
    kept.add(batch)
    const written = batch.map((event) => `${auditLine(event)}\n`)
    batch.forEach(({ auditID }, i) => lengths.push({ auditID, bytes: Buffer.byteLength(written[i] ?? '') }))
    await raw.add(written.join(''))
  }
  const found = await findContexts(method, kept, () => predictedLabels(kept, deps), deps)
  const forms = new Map<string, Stored>()
  forms.set('raw', { ...await raw.end(), held: lengths.length })
  for (const [form, stored] of embedded(lengths, found)) forms.set(form, stored)
  forms.set('records', { ...await sizesOf(exportRecords('jsonl', found.records, found.contexts)), held: found.records.length })
  forms.set('compact', { ...await sizesOf(exportRecords('compact', found.records, found.contexts)), held: found.contexts.reduce((sum, { events }) => sum + events, 0) })
  forms.set('contexts', { ...await sizesOf(summaries(found.contexts)), held: found.contexts.length })
  return storagePoints(forms, lengths.length)
}

/** The bytes that a record adds to its line as a further field. */
function linkingBytes({ role, label, confidence, context, links }: ReconstructedRecord): number {
  return Buffer.byteLength(`,"auditweave":${safeJson({ role, label, confidence, context, links })}`)
}

/** The log with linking information in every line, and the same without the lines of no context: the control plane's own. */
function embedded(lengths: readonly { readonly auditID: string; readonly bytes: number }[], { records }: Reconstruction): [string, Stored][] {
  const byId = new Map(records.map((record) => [record.auditID, record]))
  let [all, left, held] = [0, 0, 0]
  for (const { auditID, bytes } of lengths) {
    const record = byId.get(auditID)
    const size = bytes + (record ? linkingBytes(record) : 0)
    all += size
    if (!record || record.context === null) continue
    left += size
    held++
  }
  return [['embedded', { bytes: all, held: lengths.length }], ['stripped', { bytes: left, held }]]
}

/** What `auditweave query` answers for every context: who did what, when, and how many lines followed. */
async function* summaries(contexts: readonly ContextRecord[]): AsyncGenerator<string> {
  for (const { id, label, trigger, events, first, last } of contexts) yield `${safeJson({ context: id, label, trigger, events, first, last })}\n`
}

async function sizesOf(pieces: AsyncIterable<string>): Promise<TextSizes> {
  const text = new MeasuredText()
  let waiting: string[] = []
  for await (const piece of pieces) {
    waiting.push(piece)
    if (waiting.length < BATCH) continue
    await text.add(waiting.join(''))
    waiting = []
  }
  await text.add(waiting.join(''))
  return text.end()
}

/** A point for each form and for its packed form; `ratio` is how many times smaller than the log as written it is. */
export function storagePoints(forms: ReadonlyMap<string, Stored>, lines: number): Point[] {
  const raw = forms.get('raw')?.bytes ?? 0
  const point = (form: string, bytes: number, held: number): Point => ({ axes: { form }, measures: { bytes, bytesPerLine: bytes / lines, ratio: raw / bytes, storedLines: held, loggedLines: lines } })
  return [...forms].flatMap(([form, { bytes, packed, held }]) => [point(form, bytes, held), ...(packed === undefined ? [] : [point(`${form}-gzip`, packed, held)])])
}
