import type { IncomingMessage } from 'node:http'
import { AuditweaveError } from '@/lib/audit/errors'

/** The body has more bytes than are taken. */
export class TooLarge extends Error {}

interface BodyOptions { readonly maxBytes: number; onBytes(bytes: number): void }

/** A whole body as text. Throws TooLarge, and AuditweaveError 'bad-batch' where it is no UTF-8 or ends early. */
export async function readBody(request: IncomingMessage, { maxBytes, onBytes }: BodyOptions): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new TooLarge()
      onBytes(chunk.length)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error
    throw new AuditweaveError('bad-batch', 'The connection ended before the body did. Nothing of it is stored.', { cause: error })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, size))
  } catch {
    throw new AuditweaveError('bad-batch', 'The batch was refused: it is no UTF-8. Nothing of it is stored.')
  }
}
