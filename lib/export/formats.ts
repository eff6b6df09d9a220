import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { exportCompact } from '@/lib/export/compact'
import { exportCsv } from '@/lib/export/csv'
import { exportJsonLines } from '@/lib/export/jsonl'
import { exportOtlp } from '@/lib/export/otlp'

export const FORMATS = ['jsonl', 'compact', 'csv', 'otlp'] as const
export type Format = (typeof FORMATS)[number]

type Exporter = (records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>) => AsyncIterable<string>

const EXPORTERS: Readonly<Record<Format, Exporter>> = { jsonl: exportJsonLines, compact: exportCompact, csv: exportCsv, otlp: exportOtlp }

/** Writes a reconstruction in one of the formats, piece by piece. */
export function exportRecords(format: Format, records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>): AsyncIterable<string> {
  return EXPORTERS[format](records, contexts)
}
