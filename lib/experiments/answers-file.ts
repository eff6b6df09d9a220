import { AuditweaveError } from '@/lib/audit/errors'
import { readTexts, writeTexts } from './answers-texts'
import type { LineAnswers } from './line-answers'

// Little-endian: "AWLA", version, lines, bytes of the labels, bytes of the ids that are no UUIDs, count of UUIDs; then labels and ids
// as JSON, a bit a line (1: a UUID), the UUIDs, `want` and `got` in 1, 2 or 4 bytes each, the confidences.
const MAGIC = 0x414c5741
const VERSION = 1
const HEADER = 24
const UUID_BYTES = 16
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** What rounding may add to a probability. */
const ROUNDING = 1e-5

type Width = 1 | 2 | 4
interface Layout { readonly lines: number; readonly labelBytes: number; readonly idBytes: number; readonly uuids: number }

/**
 * A run's answers as bytes: some 20 a line. A confidence that rounding carried past 0 or 1 is drawn back.
 * @throws AuditweaveError 'bad-answers' for arrays of different lengths, places without a label, an auditID that stands twice
 */
export function encodeAnswers(answers: LineAnswers): Uint8Array {
  checkShape(answers)
  const lines = answers.auditIDs.length
  const kinds = answers.auditIDs.map((id) => UUID.test(id))
  const labels = writeTexts(answers.labels)
  const ids = writeTexts(answers.auditIDs.filter((_, line) => !kinds[line]))
  const layout = { lines, labelBytes: labels.length, idBytes: ids.length, uuids: kinds.filter(Boolean).length }
  const width = widthOf(answers.labels.length)
  const bytes = new Uint8Array(sizeOf(layout, width))
  const view = new DataView(bytes.buffer)
  ;[MAGIC, VERSION, lines, labels.length, ids.length, layout.uuids].forEach((value, place) => view.setUint32(place * 4, value, true))
  bytes.set(labels, HEADER)
  bytes.set(ids, HEADER + labels.length)
  let at = HEADER + labels.length + ids.length
  kinds.forEach((uuid, line) => { if (uuid) bytes[at + (line >> 3)]! |= 1 << (line & 7) })
  at += Math.ceil(lines / 8)
  answers.auditIDs.forEach((id, line) => { if (kinds[line]) { writeUuid(bytes, at, id); at += UUID_BYTES } })
  for (const places of [answers.want, answers.got]) for (const place of places) { writePlace(view, at, width, place); at += width }
  for (const value of answers.confidence) { view.setFloat32(at, Math.max(0, Math.min(1, value)), true); at += 4 }
  return bytes
}

/**
 * Reads what `encodeAnswers` wrote. The bytes are not trusted: sizes are checked against their number before anything is made of them.
 * @throws AuditweaveError 'bad-answers'
 */
export function decodeAnswers(bytes: Uint8Array): LineAnswers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const layout = readLayout(bytes, view)
  const labels = readTexts(bytes.subarray(HEADER, HEADER + layout.labelBytes))
  const width = widthOf(labels.length)
  if (bytes.length !== sizeOf(layout, width)) throw bad(`it has ${bytes.length} bytes where its head asks for ${sizeOf(layout, width)}`)
  const texts = readTexts(bytes.subarray(HEADER + layout.labelBytes, HEADER + layout.labelBytes + layout.idBytes))
  if (texts.length !== layout.lines - layout.uuids) throw bad('its auditIDs are not as many as its lines')
  let at = HEADER + layout.labelBytes + layout.idBytes
  const auditIDs = readIds(bytes, at, layout, texts)
  at += Math.ceil(layout.lines / 8) + layout.uuids * UUID_BYTES
  const places = (from: number): Int32Array => Int32Array.from({ length: layout.lines }, (_, line) => readPlace(view, from + line * width, width))
  const [want, got] = [places(at), places(at + layout.lines * width)]
  at += 2 * layout.lines * width
  const answers = { auditIDs, labels, want, got, confidence: Float32Array.from({ length: layout.lines }, (_, line) => view.getFloat32(at + line * 4, true)) }
  checkShape(answers)
  return answers
}

function readLayout(bytes: Uint8Array, view: DataView): Layout {
  if (bytes.length < HEADER) throw bad(`it has only ${bytes.length} bytes`)
  if (view.getUint32(0, true) !== MAGIC) throw bad('it does not begin as answers do')
  const version = view.getUint32(4, true)
  if (version !== VERSION) throw bad(`it is of version ${version}, this Auditweave reads version ${VERSION}`)
  const [lines = 0, labelBytes = 0, idBytes = 0, uuids = 0] = [8, 12, 16, 20].map((place) => view.getUint32(place, true))
  const layout = { lines, labelBytes, idBytes, uuids }
  if (uuids > lines || sizeOf(layout, 1) > bytes.length) throw bad(`its head speaks of ${lines} lines, which ${bytes.length} bytes cannot hold`)
  return layout
}

function readIds(bytes: Uint8Array, start: number, layout: Layout, texts: readonly string[]): string[] {
  let [uuid, text] = [start + Math.ceil(layout.lines / 8), 0]
  const end = uuid + layout.uuids * UUID_BYTES
  const ids: string[] = []
  for (let line = 0; line < layout.lines; line++) {
    if (((bytes[start + (line >> 3)] ?? 0) >> (line & 7)) & 1) {
      if (uuid >= end) throw bad('its auditIDs do not agree with its head')
      ids.push(uuidText(bytes, uuid))
      uuid += UUID_BYTES
    } else {
      const id = texts[text++]
      if (id === undefined) throw bad('its auditIDs do not agree with its head')
      ids.push(id)
    }
  }
  return ids
}

function checkShape({ auditIDs, labels, want, got, confidence }: LineAnswers): void {
  const lines = auditIDs.length
  if (want.length !== lines || got.length !== lines || confidence.length !== lines) throw bad(`${lines} auditIDs stand beside ${want.length} and ${got.length} labels and ${confidence.length} confidences`)
  if (new Set(auditIDs).size !== lines) throw bad('an auditID stands twice')
  if (new Set(labels).size !== labels.length) throw bad('a label stands twice')
  const known = (place: number): boolean => place >= 0 && place < labels.length
  if (!want.every(known) || !got.every(known)) throw bad('a line names a label that is not there')
  if (!confidence.every((value) => value >= -ROUNDING && value <= 1 + ROUNDING)) throw bad('a confidence is outside 0 to 1')
}

function sizeOf({ lines, labelBytes, idBytes, uuids }: Layout, width: Width): number {
  return HEADER + labelBytes + idBytes + Math.ceil(lines / 8) + uuids * UUID_BYTES + lines * (2 * width + 4)
}

function widthOf(labels: number): Width { return labels <= 0x100 ? 1 : labels <= 0x1_0000 ? 2 : 4 }

function writePlace(view: DataView, at: number, width: Width, place: number): void {
  if (width === 1) view.setUint8(at, place)
  else if (width === 2) view.setUint16(at, place, true)
  else view.setUint32(at, place, true)
}

function readPlace(view: DataView, at: number, width: Width): number {
  return width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at, true) : view.getUint32(at, true)
}

function writeUuid(bytes: Uint8Array, at: number, id: string): void {
  const digits = id.replaceAll('-', '')
  for (let i = 0; i < UUID_BYTES; i++) bytes[at + i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
}

function uuidText(bytes: Uint8Array, at: number): string {
  let digits = ''
  for (let i = 0; i < UUID_BYTES; i++) digits += (bytes[at + i] ?? 0).toString(16).padStart(2, '0')
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-')
}

function bad(why: string): AuditweaveError {
  return new AuditweaveError('bad-answers', `The answers of a run cannot be used: ${why}. Clone the run and let it run again.`)
}
