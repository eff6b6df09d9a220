import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { exportCompact } from '@/lib/export/compact'
import { exportCsv } from '@/lib/export/csv'
import { exportJsonLines } from '@/lib/export/jsonl'
import { exportOtlp } from '@/lib/export/otlp'
import { exportParquet } from '@/lib/export/parquet'

export const TEXT_FORMATS = ['jsonl', 'compact', 'csv', 'otlp'] as const
export const FORMATS = [...TEXT_FORMATS, 'parquet'] as const
export type TextFormat = (typeof TEXT_FORMATS)[number]
export type Format = (typeof FORMATS)[number]

type Exporter<Piece> = (records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>) => AsyncIterable<Piece>

const EXPORTERS: Readonly<Record<TextFormat, Exporter<string>> & Record<'parquet', Exporter<Uint8Array>>> = { jsonl: exportJsonLines, compact: exportCompact, csv: exportCsv, otlp: exportOtlp, parquet: exportParquet }

/** Writes a reconstruction in one of the formats, piece by piece. */
export function exportRecords(format: TextFormat, records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>): AsyncIterable<string>
export function exportRecords(format: Format, records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>): AsyncIterable<string | Uint8Array>
export function exportRecords(format: Format, records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>): AsyncIterable<string | Uint8Array> {
  return EXPORTERS[format](records, contexts)
}
