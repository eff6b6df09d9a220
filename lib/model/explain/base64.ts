const CHUNK = 8192

/** Bytes as base64, in Node and in browsers alike. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += CHUNK) text += String.fromCharCode(...bytes.subarray(from, from + CHUNK))
  return btoa(text)
}

/** Throws where the text is no base64. */
export function fromBase64(text: string): Uint8Array {
  const raw = atob(text)
  return Uint8Array.from({ length: raw.length }, (_, i) => raw.charCodeAt(i))
}
