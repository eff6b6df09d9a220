import { createGunzip } from 'node:zlib'
import { damagedGzip, truncatedGzip } from './gunzip'
import type { Unpack } from './gunzip'

// zlib drops the chunk in which it meets damage: small, so that little is lost
const CHUNK = 1 << 16

/**
 * Unpacks gzip with Node's zlib, on another thread while the caller parses. The stream is ended only after all its output
 * is out, because an error discards what is still inside.
 */
export const gunzipNative: Unpack = async function* (source) {
  const stream = createGunzip({ chunkSize: CHUNK })
  let out: Uint8Array[] = []
  let failure: Error | null = null
  // zlib does not call back for the write that fails
  let wake = (): void => undefined
  stream.on('data', (data: Uint8Array) => out.push(data))
  stream.on('error', error => {
    failure = error
    wake()
  })
  try {
    for await (const chunk of source) {
      const written = until(done => stream.write(chunk, done))
      yield* take()
      await written
      if (failure) break
    }
    if (!failure) await until(done => stream.flush(() => setImmediate(done)))
    yield* take()
    if (failure) throw damagedGzip(failure)
    await until(done => stream.once('end', done).end())
    yield* take()
    if (failure) throw truncatedGzip()
  } finally {
    stream.destroy()
  }

  function take(): Uint8Array[] {
    const taken = out
    out = []
    return taken
  }

  function until(start: (done: () => void) => void): Promise<void> {
    return new Promise(resolve => {
      wake = resolve
      start(() => resolve())
    })
  }
}
