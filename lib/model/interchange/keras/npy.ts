import type { Tensor } from '@/lib/engine/types'
import { AuditweaveError } from '@/lib/audit/errors'
import { littleEndian, readFloats } from '../little-endian'

/** NumPy's array file, version 1.0 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): magic, version, header length, header. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0] as const
/** The data begin at a multiple of this. */
const ALIGNED = 64

/** A float32 array as .npy, row-major. */
export function writeNpy({ shape, data }: Tensor): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sides}), }`
  const used = MAGIC.length + 2 + text.length + 1
  const header = `${text}${' '.repeat(Math.ceil(used / ALIGNED) * ALIGNED - used)}\n`
  const bytes = new Uint8Array(MAGIC.length + 2 + header.length + 4 * data.length)
  bytes.set(MAGIC)
  new DataView(bytes.buffer).setUint16(MAGIC.length, header.length, true)
  bytes.set(new TextEncoder().encode(header), MAGIC.length + 2)
  bytes.set(littleEndian(data), MAGIC.length + 2 + header.length)
  return bytes
}

const HEADER = /^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d+(?:, ?\d+)*)?,?\), \} *\n$/

/** Reads what `writeNpy` writes; other types and orders are refused. @throws AuditweaveError 'bad-npy' */
export function readNpy(name: string, bytes: Uint8Array): Tensor {
  const bad = (what: string): AuditweaveError => new AuditweaveError('bad-npy', `The array "${name}" is not usable: ${what}. Write the file again with \`auditweave model export\`.`)
  const begin = MAGIC.length + 2
  if (MAGIC.some((byte, i) => bytes[i] !== byte) || bytes.length < begin) throw bad('it is no NumPy array of version 1.0')
  const length = (bytes[MAGIC.length] as number) + 256 * (bytes[MAGIC.length + 1] as number)
  const found = HEADER.exec(new TextDecoder().decode(bytes.subarray(begin, begin + length)))
  if (!found) throw bad('it is no row-major float32 array')
  const shape = (found[1] ?? '').split(',').filter(Boolean).map(Number)
  const data = bytes.subarray(begin + length)
  if (data.length !== 4 * shape.reduce((product, side) => product * side, 1)) throw bad(`its shape is [${shape.join(', ')}] and it has ${data.length} bytes`)
  return { shape, data: readFloats(data) }
}
