import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AuditweaveError } from '@/lib/audit/errors'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import { readRecords } from '@/lib/contexts/read-records'
import type { TrainingLines } from '@/lib/experiments/execute-types'
import { TrainingLineCollector, type LineTruth } from '@/lib/experiments/training-lines'
import { makeLabel } from '@/lib/labels/codec'

const TRUTH_FILES = ['truth.jsonl.gz', 'truth.jsonl']

/** Lines of an audit log with its truth, or of a data set of the database, in log order. */
export async function linesOfDataset(nameOrFile: string, options: { limit: number | null; truth?: string }): Promise<TrainingLines> {
  if (existsSync(nameOrFile)) return linesOfFile(nameOrFile, options)
  const { withDatabase } = await import('./with-database')
  const { loadTrainingLines } = await import('@/lib/jobs/load-training-lines')
  return withDatabase(() => loadTrainingLines(nameOrFile, options.limit))
}

async function linesOfFile(path: string, { limit, truth }: { limit: number | null; truth?: string }): Promise<TrainingLines> {
  const truthPath = truth ?? TRUTH_FILES.map((file) => join(dirname(path), file)).find((file) => existsSync(file))
  if (!truthPath) throw new AuditweaveError('no-truth', `${path} has no truth beside it (${TRUTH_FILES.join(' or ')}): name one with --truth, or label the log first.`)
  const labels = new Map((await readRecords(openSource(truthPath), truthPath)).map((record) => [record.auditID, record]))
  const { events } = await collectEvents(openSource(path))
  const collector = new TrainingLineCollector(limit)
  let known = 0
  for (const event of events) {
    const record = labels.get(event.auditID)
    if (record) known++
    collector.add(event, record ? truthOf(record) : null)
  }
  if (known === 0) throw new AuditweaveError('wrong-truth', `${truthPath} is no truth of ${path}: they have no auditID in common.`)
  return collector.lines({ name: basename(dirname(path)) || basename(path), sha256: await sha256(path) })
}

function truthOf(record: { role?: unknown; label?: unknown }): LineTruth {
  const label = record.label as Parameters<typeof makeLabel>[0] | null
  return { role: record.role as LineTruth['role'], label: label ? makeLabel(label) : null }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
