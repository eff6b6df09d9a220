import type { LabelledFormat } from './format-about'
import type { LabelledEvent } from './types'
import { writeLabelledParquet } from './parquet'
import { writeAuditLines, writeLabelledLines, writeLabelTable, writeReference, writeTruth } from './write-lines'

export { FORMAT_ABOUT, LABELLED_FORMATS, type FormatAbout, type LabelledFormat } from './format-about'

type Writer = (events: AsyncIterable<LabelledEvent>) => AsyncIterable<string | Uint8Array>

const WRITERS: Readonly<Record<LabelledFormat, Writer>> = {
  'jsonl': writeLabelledLines, 'parquet': writeLabelledParquet, 'truth': writeTruth, 'audit': writeAuditLines, 'csv': writeLabelTable,
  'k8ntext': (events) => writeReference(events, 'uuid_new'),
  'k8ntext-2024': (events) => writeReference(events, 'UUID'),
}

/** Writes a labelled log in one of the formats, piece by piece. */
export function exportLabelled(format: LabelledFormat, events: AsyncIterable<LabelledEvent>): AsyncIterable<string | Uint8Array> {
  return WRITERS[format](events)
}
