import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { readRecords } from '@/lib/contexts/read-records'
import type { ScoredRecord } from '@/lib/contexts/score'
import type { LabelledLog } from '@/lib/experiments/labelled-log'
import { makeLabel } from '@/lib/labels/codec'
import type { RequestTruth } from '@/lib/model/linked/linked-target'

const TRUTH_FILES = ['truth.jsonl.gz', 'truth.jsonl']

/** An audit log with its truth: beside it by the usual name, or where `truth` says. Throws 'no-truth'. */
export async function openLabelledFile(path: string, truth?: string): Promise<LabelledLog> {
  const truthPath = truth ?? TRUTH_FILES.map((file) => join(dirname(path), file)).find((file) => existsSync(file))
  if (!truthPath) throw new AuditweaveError('no-truth', `${path} has no truth beside it (${TRUTH_FILES.join(' or ')}): name one with --truth, or label the log first.`)
  return {
    source: { name: basename(dirname(path)) || basename(path), sha256: await sha256(path) },
    events: () => readAudit(openSource(path)).events,
    truth: async () => new Map((await readRecords(openSource(truthPath), truthPath)).flatMap((record) => (typeof record.auditID === 'string' ? [[record.auditID, truthOf(record)] as const] : []))),
  }
}

/** What a truth record says. */
export function truthOf(record: ScoredRecord): RequestTruth {
  const label = record.label as Parameters<typeof makeLabel>[0] | null | undefined
  return { role: record.role as RequestTruth['role'], context: typeof record.context === 'string' ? record.context : null, label: label ? makeLabel(label) : null }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
