import { AuditweaveError } from '@/lib/audit/errors'
import type { JsonValue } from '@/lib/audit/event'
import type { Tensor, Weights } from '@/lib/engine/types'
import { duplicateKey } from './duplicate-key'
import { foreignFormat } from './foreign-format'

/**
 * The safetensors container (https://github.com/huggingface/safetensors, "Format"): eight bytes of header length,
 * a JSON header, then raw little-endian data. We write and accept float32 alone, and nothing in it can execute.
 */
export interface TensorFile { readonly tensors: Weights; readonly metadata: Readonly<Record<string, string>> }

const MAX_HEADER = 4 * 1024 * 1024
const MAX_TENSORS = 10_000
/** 2^28 values are 1 GiB: far above any model here, far below what a typed array cannot hold. */
const MAX_VALUES = 2 ** 28

/** What is wrong with a weights file, and what to do: the file is never read in part. */
export class WeightsError extends AuditweaveError {
  constructor(detail: string) {
    super('bad-weights', `The weights file is not usable: ${detail} Take the file again from where the model was made; nothing was loaded.`)
  }
}

/** Bytes of a safetensors file; tensors in the order given, metadata as its string map. */
export function writeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header = Object.create(null) as Record<string, unknown>
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata
  let offset = 0
  for (const [name, tensor] of tensors) {
    const end = offset + tensor.data.length * 4
    header[name] = { dtype: 'F32', shape: tensor.shape, data_offsets: [offset, end] }
    offset = end
  }
  const text = JSON.stringify(header)
  const json = new TextEncoder().encode(text)
  // Padded with spaces, as the format allows, so that the data are aligned.
  const padded = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(8 + padded + offset)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(padded), true)
  bytes.fill(0x20, 8, 8 + padded)
  bytes.set(json, 8)
  let at = 8 + padded
  for (const tensor of tensors.values()) {
    for (let i = 0; i < tensor.data.length; i++, at += 4) view.setFloat32(at, tensor.data[i] as number, true)
  }
  return bytes
}

interface Entry { readonly name: string; readonly shape: number[]; readonly begin: number; readonly end: number }

/** Reads and checks a whole file; throws WeightsError and never yields part of one. */
export function readTensors(bytes: Uint8Array): TensorFile {
  const headerLength = checkedHeaderLength(bytes)
  const header = parseHeader(bytes.subarray(8, 8 + headerLength))
  const data = bytes.subarray(8 + headerLength)
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__').map(([name, value]) => readEntry(name, value))
  if (entries.length > MAX_TENSORS) throw new WeightsError(`it names ${entries.length} tensors, more than ${MAX_TENSORS}.`)
  checkLayout(entries, data.length)
  const tensors = new Map<string, Tensor>()
  for (const entry of entries) tensors.set(entry.name, { shape: entry.shape, data: readValues(entry, data) })
  return { tensors, metadata: readMetadata(header.__metadata__) }
}

function checkedHeaderLength(bytes: Uint8Array): number {
  const foreign = foreignFormat(bytes)
  if (foreign) throw new WeightsError(`it is ${foreign}, not safetensors. Auditweave never loads formats that can run code or need another program.`)
  if (bytes.length < 8) throw new WeightsError(`it ends after ${bytes.length} bytes, before the header's length.`)
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
  if (length > BigInt(MAX_HEADER)) throw new WeightsError(`it claims a header of ${length} bytes, above the limit of ${MAX_HEADER}.`)
  if (8 + Number(length) > bytes.length) throw new WeightsError(`it is truncated: the header should take ${length} bytes and ${bytes.length - 8} are there.`)
  return Number(length)
}

function parseHeader(bytes: Uint8Array): { [name: string]: JsonValue } {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    value = JSON.parse(text)
  } catch (cause) {
    throw new WeightsError(`its header is not JSON (${(cause as Error).message}).`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WeightsError('its header is not a JSON object.')
  const twice = duplicateKey(text)
  if (twice !== null) throw new WeightsError(`its header has the key "${twice}" twice.`)
  return value as { [name: string]: JsonValue }
}

const isSize = (value: JsonValue | undefined): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function readEntry(name: string, value: JsonValue): Entry {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WeightsError(`tensor "${name}" has no description.`)
  const { dtype, shape, data_offsets: offsets, ...rest } = value
  const odd = Object.keys(rest)[0]
  if (odd !== undefined) throw new WeightsError(`tensor "${name}" has an unknown field "${odd}".`)
  if (dtype !== 'F32') throw new WeightsError(`tensor "${name}" holds ${String(dtype)}; only F32 is read.`)
  if (!Array.isArray(shape) || shape.length > 8 || !shape.every(isSize)) throw new WeightsError(`tensor "${name}" has an unusable shape ${JSON.stringify(shape)}.`)
  const values = shape.reduce((product, side) => product * side, 1)
  if (values > MAX_VALUES) throw new WeightsError(`tensor "${name}" of shape [${shape.join(', ')}] is too large.`)
  const [begin, end, more] = Array.isArray(offsets) ? offsets : []
  if (!isSize(begin) || !isSize(end) || more !== undefined) throw new WeightsError(`tensor "${name}" has unusable offsets.`)
  if (end - begin !== values * 4) throw new WeightsError(`tensor "${name}" of shape [${shape.join(', ')}] needs ${values * 4} bytes but its offsets span ${end - begin}.`)
  return { name, shape, begin, end }
}

function checkLayout(entries: readonly Entry[], length: number): void {
  let at = 0
  for (const entry of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin < at) throw new WeightsError(`tensor "${entry.name}" overlaps another.`)
    if (entry.begin > at) throw new WeightsError(`bytes ${at} to ${entry.begin} belong to no tensor.`)
    at = entry.end
  }
  if (at > length) throw new WeightsError(`it is truncated: the tensors take ${at} bytes and ${length} are there.`)
  if (at < length) throw new WeightsError(`${length - at} bytes trail after the last tensor.`)
}

function readValues(entry: Entry, data: Uint8Array): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset + entry.begin, entry.end - entry.begin)
  const values = new Float32Array(view.byteLength / 4)
  for (let i = 0; i < values.length; i++) {
    const value = view.getFloat32(i * 4, true)
    if (!Number.isFinite(value)) throw new WeightsError(`tensor "${entry.name}" holds ${value} at place ${i}.`)
    values[i] = value
  }
  return values
}

function readMetadata(value: JsonValue | undefined): Record<string, string> {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WeightsError('its metadata are not an object.')
  const metadata: Record<string, string> = {}
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new WeightsError(`its metadata hold a value under "${key}" that is not text.`)
    metadata[key] = text
  }
  return metadata
}
