import { existsSync } from 'node:fs'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import type { LabelledLog } from '@/lib/experiments/labelled-log'
import type { TrainingLines } from '@/lib/experiments/execute-types'
import { TrainingLineCollector } from '@/lib/experiments/training-lines'
import { AuditweaveError } from '@/lib/audit/errors'
import { openLabelledFile } from './labelled-file'

/** Lines of an audit log with its truth, or of a data set of the database (see `whereItIs`), in log order. */
export async function linesOfDataset(nameOrFile: string, options: { limit: number | null; truth?: string }): Promise<TrainingLines> {
  if (existsSync(nameOrFile)) return linesOfFile(nameOrFile, options)
  const { loadTrainingLines } = await import('@/lib/jobs/load-training-lines')
  return loadTrainingLines(nameOrFile, options.limit)
}

async function linesOfFile(path: string, { limit, truth }: { limit: number | null; truth?: string }): Promise<TrainingLines> {
  const log = await openLabelledFile(path, truth)
  const labels = await log.truth()
  const { events } = await collectEvents(openSource(path))
  const collector = new TrainingLineCollector(limit)
  let known = 0
  for (const event of events) {
    const record = labels.get(event.auditID)
    if (record) known++
    collector.add(event, record ?? null)
  }
  if (known === 0) throw new AuditweaveError('wrong-truth', `The truth is none of ${path}: they have no auditID in common.`)
  return collector.lines(log.source)
}

/** The same as a log, for networks that learn from links. A data set of the database is read while `whereItIs` holds it. */
export async function labelledLog(nameOrFile: string, options: { truth?: string }): Promise<LabelledLog> {
  if (existsSync(nameOrFile)) return openLabelledFile(nameOrFile, options.truth)
  return (await import('@/lib/jobs/load-labelled-log')).loadLabelledLog(nameOrFile)
}

/** Works with data sets at hand: where one of them is no file, the database runs meanwhile. */
export async function whereItIs<T>(namesOrFiles: string | readonly string[], work: () => Promise<T>): Promise<T> {
  const all = typeof namesOrFiles === 'string' ? [namesOrFiles] : namesOrFiles
  return all.every((name) => existsSync(name)) ? work() : (await import('./with-database')).withDatabase(work)
}
