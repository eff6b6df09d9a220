import { AuditweaveError } from '@/lib/audit/errors'

/** Texts as JSON bytes: a log may hold half surrogates, which UTF-8 alone would lose. */
export function writeTexts(texts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(texts))
}

/** @throws AuditweaveError 'bad-answers' when the bytes are no list of texts */
export function readTexts(bytes: Uint8Array): string[] {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value
  } catch (error) {
    throw unreadable(error)
  }
  throw unreadable(undefined)
}

function unreadable(cause: unknown): AuditweaveError {
  return new AuditweaveError('bad-answers', 'The answers of a run cannot be used: their labels or auditIDs cannot be read. Clone the run and let it run again.', { cause })
}
