/** Values as little-endian bytes, whatever this machine's own order is. */
export function littleEndian(data: Float32Array | Int32Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(data.byteLength)
  const view = new DataView(bytes.buffer)
  if (data instanceof Float32Array) data.forEach((value, i) => view.setFloat32(4 * i, value, true))
  else if (data instanceof Int32Array) data.forEach((value, i) => view.setInt32(4 * i, value, true))
  else data.forEach((value, i) => view.setBigInt64(8 * i, value, true))
  return bytes
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** float32 values of little-endian bytes; their number must be a multiple of 4. */
export function readFloats(bytes: Uint8Array): Float32Array {
  const view = viewOf(bytes)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
}

/** int32 values of little-endian bytes; their number must be a multiple of 4. */
export function readInts(bytes: Uint8Array): Int32Array {
  const view = viewOf(bytes)
  return Int32Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(4 * i, true))
}

/** int64 values of little-endian bytes; their number must be a multiple of 8. */
export function readLongs(bytes: Uint8Array): BigInt64Array {
  const view = viewOf(bytes)
  return BigInt64Array.from({ length: bytes.length / 8 }, (_, i) => view.getBigInt64(8 * i, true))
}
