import { createHash } from 'node:crypto'

export interface HashedSource extends AsyncIterable<Uint8Array> {
  /** SHA-256 of all bytes that came by, hexadecimal; call once, at the end. */
  digest(): string
}

/** Passes a source on and hashes it on the way. */
export function hashing(source: AsyncIterable<Uint8Array>): HashedSource {
  const hash = createHash('sha256')
  return {
    digest: () => hash.digest('hex'),
    async *[Symbol.asyncIterator]() {
      for await (const chunk of source) {
        hash.update(chunk)
        yield chunk
      }
    },
  }
}
