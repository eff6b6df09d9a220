/** What a data set can be exported to. */
export const LABELLED_FORMATS = ['jsonl', 'parquet', 'k8ntext', 'k8ntext-2024', 'truth', 'audit', 'csv'] as const
export type LabelledFormat = (typeof LABELLED_FORMATS)[number]

export interface FormatAbout {
  readonly title: string
  readonly hint: string
  readonly extension: string
  readonly mediaType: string
  /** Whether importing the file gives the same data set: events and labels, `labels` alone, `events` alone, or nothing. */
  readonly back: 'all' | 'labels' | 'events' | 'nothing'
}

export const FORMAT_ABOUT: Readonly<Record<LabelledFormat, FormatAbout>> = {
  'jsonl': { title: 'JSON lines', hint: 'each event with its label in one field more', extension: 'labelled.jsonl', mediaType: 'application/jsonl', back: 'all' },
  'parquet': { title: 'Parquet', hint: 'columns for notebooks, each event whole', extension: 'labelled.parquet', mediaType: 'application/vnd.apache.parquet', back: 'all' },
  'k8ntext': { title: 'K8NTEXT', hint: 'label, cplabel and uuid_new, as the newest reference implementation reads', extension: 'k8ntext.jsonl', mediaType: 'application/jsonl', back: 'all' },
  'k8ntext-2024': { title: 'K8NTEXT 2024', hint: 'label, cplabel and UUID, as the paper’s artefact reads', extension: 'k8ntext-2024.jsonl', mediaType: 'application/jsonl', back: 'all' },
  'truth': { title: 'Truth', hint: 'a record for each request, without the events', extension: 'truth.jsonl', mediaType: 'application/jsonl', back: 'labels' },
  'audit': { title: 'Audit log', hint: 'the events as stored, without labels', extension: 'audit.jsonl', mediaType: 'application/jsonl', back: 'events' },
  'csv': { title: 'CSV', hint: 'the labels as a table, without bodies', extension: 'labels.csv', mediaType: 'text/csv', back: 'nothing' },
}
