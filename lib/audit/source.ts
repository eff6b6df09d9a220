import type { AuditSource } from './read'

/** The chunks of a web stream, such as `file.stream()` or a response's body; not every browser iterates those itself. */
export function streamSource(stream: ReadableStream<Uint8Array>, name?: string): AuditSource {
  return { ...(name === undefined ? {} : { name }), [Symbol.asyncIterator]: () => readChunks(stream) }
}

async function* readChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let done = false
  try {
    for (;;) {
      const result = await reader.read()
      done = result.done
      if (result.done) return
      yield result.value
    }
  } finally {
    // the consumer may stop early
    if (!done) await reader.cancel().catch(() => undefined)
    reader.releaseLock()
  }
}

/** Bytes or text that is in memory already. */
export function memorySource(content: Uint8Array | string, name?: string): AuditSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    ...(name === undefined ? {} : { name }),
    async *[Symbol.asyncIterator]() {
      yield bytes
    },
  }
}
