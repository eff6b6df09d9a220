import { readAudit } from '@/lib/audit/read'
import type { AuditEvent } from '@/lib/audit/event'
import { openSource } from '@/lib/audit/source.node.ts'
import { QueriedLog } from '@/lib/contexts/queried-log'
import type { PathNode } from '@/lib/query'
import { LogLines } from './log-lines'

/** A log that ships, read and linked for tests. */
export async function shippedLines(folder: string, paths: readonly PathNode[]): Promise<LogLines> {
  const log = new QueriedLog({ paths })
  for await (const batch of readAudit(openSource(`datasets/${folder}/audit.jsonl.gz`)).events) log.add(batch)
  return new LogLines(log.finish().columns)
}

/** The lines of events that a test made. */
export function linesOf(events: readonly AuditEvent[], paths: readonly PathNode[]): LogLines {
  const log = new QueriedLog({ paths })
  log.add(events)
  return new LogLines(log.finish().columns)
}
