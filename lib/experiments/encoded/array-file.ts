import { AuditweaveError } from '@/lib/audit/errors'
import { z } from 'zod'

/** Typed arrays by name and what else belongs to them, as one file holds them. */
export interface ArrayFile {
  readonly data: unknown
  readonly arrays: ReadonlyMap<string, StoredArray>
}

export type StoredArray = Uint16Array | Uint32Array | Int32Array | Float32Array

interface ArrayType {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, offset: number, length: number): StoredArray
}

type TypeName = 'u16' | 'u32' | 'i32' | 'f32'
const TYPES: Record<TypeName, ArrayType> = { u16: Uint16Array, u32: Uint32Array, i32: Int32Array, f32: Float32Array }

/** "AWARRAY1" as bytes; another version of the layout is another word. */
const MAGIC = new TextEncoder().encode('AWARRAY1')
const ALIGN = 8

const headerSchema = z.strictObject({
  data: z.unknown(),
  arrays: z.array(z.strictObject({ name: z.string(), type: z.enum(['u16', 'u32', 'i32', 'f32']), length: z.int().min(0) })),
  /** FNV-1a of all array bytes as 32-bit words. */
  check: z.int().min(0),
})

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGN) * ALIGN

function typeOf(array: StoredArray): TypeName {
  if (array instanceof Uint16Array) return 'u16'
  if (array instanceof Uint32Array) return 'u32'
  return array instanceof Int32Array ? 'i32' : 'f32'
}

function checkOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const word of new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)) hash = Math.imul(hash ^ word, 0x01000193)
  return hash >>> 0
}

/** Magic, length of the header (8 bytes, little endian), header as JSON, then each array at a multiple of 8 bytes. */
export function writeArrays({ data, arrays }: ArrayFile): Uint8Array {
  const entries = [...arrays]
  const body = new Uint8Array(entries.reduce((sum, [, array]) => sum + aligned(array.byteLength), 0))
  let at = 0
  for (const [, array] of entries) {
    body.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += aligned(array.byteLength)
  }
  const header = new TextEncoder().encode(JSON.stringify({ data, arrays: entries.map(([name, array]) => ({ name, type: typeOf(array), length: array.length })), check: checkOf(body) }))
  const start = aligned(MAGIC.length + 8 + header.length)
  const file = new Uint8Array(start + body.length)
  file.set(MAGIC)
  new DataView(file.buffer).setBigUint64(MAGIC.length, BigInt(header.length), true)
  file.set(header, MAGIC.length + 8)
  file.set(body, start)
  return file
}

/**
 * The arrays of a file, as views of its bytes where those are aligned.
 * @throws AuditweaveError 'bad-array-file' where it is cut, changed or no such file
 */
export function readArrays(given: Uint8Array): ArrayFile {
  const file = given.byteOffset % ALIGN === 0 ? given : given.slice()
  if (file.length < MAGIC.length + 8 || MAGIC.some((byte, i) => file[i] !== byte)) throw bad('it does not begin as one')
  const headerLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(MAGIC.length, true))
  const start = aligned(MAGIC.length + 8 + headerLength)
  if (start > file.length) throw bad('its header is cut')
  const header = parseHeader(file.subarray(MAGIC.length + 8, MAGIC.length + 8 + headerLength))
  const body = file.subarray(start)
  const arrays = new Map<string, StoredArray>()
  let at = 0
  for (const { name, type, length } of header.arrays) {
    const bytes = length * TYPES[type].BYTES_PER_ELEMENT
    if (at + aligned(bytes) > body.length) throw bad('it is cut')
    arrays.set(name, new TYPES[type](body.buffer, body.byteOffset + at, length))
    at += aligned(bytes)
  }
  if (at !== body.length || checkOf(body) !== header.check) throw bad('its bytes have changed')
  return { data: header.data, arrays }
}

function parseHeader(bytes: Uint8Array): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    throw bad('its header is not valid')
  }
}

function bad(what: string): AuditweaveError {
  return new AuditweaveError('bad-array-file', `The file of encoded lines cannot be used: ${what}. It is made anew.`)
}
