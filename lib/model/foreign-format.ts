const FORMATS: readonly { readonly name: string; readonly magic: readonly number[] }[] = [
  { name: 'a zip archive (a .keras or PyTorch file)', magic: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'an HDF5 file (an older Keras model)', magic: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a] },
  { name: 'a NumPy array', magic: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] },
  { name: 'a gzip stream', magic: [0x1f, 0x8b] },
]

/** Names a known model format other than safetensors by its first bytes, so that the message can say what was found; else null. */
export function foreignFormat(bytes: Uint8Array): string | null {
  const known = FORMATS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))
  if (known && !looksLikeSafetensors(bytes)) return known.name
  const protocol = bytes[1] ?? 0
  // A header of 0x..80 bytes begins like a pickle does; only the brace after the length tells them apart.
  if (bytes[0] === 0x80 && protocol >= 2 && protocol <= 5 && !looksLikeSafetensors(bytes)) return `a Python pickle (protocol ${protocol}), which runs code when it is loaded`
  return null
}

function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b && bytes[4] === 0 && bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0
}
