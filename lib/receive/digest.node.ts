import { createHash } from 'node:crypto'
import type { ReceivedEvent } from './event-list'
import type { EventDigest } from './seen-events'

/** First 64 bits of SHA-256; 0 stands for nothing, so it is never given. */
function first64(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigUInt64LE(0) || 1n
}

export function digestOf({ auditID, stage, line }: Pick<ReceivedEvent, 'auditID' | 'stage' | 'line'>): EventDigest {
  return { identity: first64(`${stage}\0${auditID}`), content: first64(line) }
}
