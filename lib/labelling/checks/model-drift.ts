import type { AuditEvent } from '@/lib/audit/event'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { countedDrift, type FeatureDrift } from '@/lib/features/drift'
import { featureRow } from '@/lib/features/feature-row'
import { Columns, type CodedColumns } from '@/lib/model/linked/columns'
import { LinkedLines } from '@/lib/model/linked/linked-lines'

/** As much of a model's manifest as its features. */
export interface FittedModel {
  readonly family: 'windows' | 'linked'
  readonly features: readonly { readonly name: string; readonly vocabulary: readonly string[] }[]
}

export interface DriftReport {
  /** Rows that the model would read: lines, or requests for API objects of the linked network. */
  readonly rows: number
  /** Most unseen first. */
  readonly features: readonly FeatureDrift[]
  /** Share of rows in which some feature has a value that training has not met. */
  readonly touched: number
}

const TOP = 10

/**
 * How far a log has left what a model was trained on: which values its vocabularies lack. Memory grows with the rows' categories, not
 * with their bodies. Features of the log that the model does not read are not told.
 */
export async function modelDrift(batches: AsyncIterable<readonly AuditEvent[]>, model: FittedModel, breathe: () => Promise<void> = async () => {}): Promise<DriftReport> {
  const columns = model.family === 'linked' ? await linkedColumns(batches, breathe) : await paperColumns(batches, breathe)
  const known = new Map(model.features.map(({ name, vocabulary }) => [name, new Set(vocabulary)]))
  const tallies = columns.names.flatMap((name, column) => { const values = known.get(name); return values === undefined ? [] : [tally(columns, column, values)] })
  const touched = new Uint8Array(columns.lines)
  for (const { column, unseen } of tallies) for (let row = 0; row < columns.lines; row++) if (unseen[columns.codes[row * columns.width + column] ?? 0]) touched[row] = 1
  const features = tallies.map(({ drift }) => drift).sort((a, b) => b.unseenShare - a.unseenShare || b.unseen - a.unseen || (a.feature < b.feature ? -1 : 1))
  return { rows: columns.lines, features, touched: columns.lines === 0 ? 0 : touched.reduce((sum, one) => sum + one, 0) / columns.lines }
}

function tally(columns: CodedColumns, column: number, known: ReadonlySet<string>): { readonly column: number; readonly drift: FeatureDrift; readonly unseen: Uint8Array } {
  const values = columns.values(column)
  const counts = new Float64Array(values.length + 1)
  for (let row = 0; row < columns.lines; row++) counts[columns.codes[row * columns.width + column] ?? 0]!++
  const byValue = new Map(values.map((value, i) => [value, counts[i + 1] as number]))
  const drift = countedDrift({ feature: columns.names[column] ?? '', rows: columns.lines, missing: counts[0] as number, counts: byValue }, known, TOP)
  return { column, drift, unseen: Uint8Array.from([0, ...values.map((value) => (known.has(value) ? 0 : 1))]) }
}

async function paperColumns(batches: AsyncIterable<readonly AuditEvent[]>, breathe: () => Promise<void>): Promise<CodedColumns> {
  const columns = new Columns(PAPER_FEATURES)
  for await (const batch of batches) {
    for (const event of batch) columns.add(featureRow(event))
    await breathe()
  }
  return columns
}

async function linkedColumns(batches: AsyncIterable<readonly AuditEvent[]>, breathe: () => Promise<void>): Promise<CodedColumns> {
  const lines = new LinkedLines()
  for await (const batch of batches) {
    lines.add(batch)
    await breathe()
  }
  return lines.table().columns
}
