import { formatMicros } from '@/lib/audit/time'
import type { Dataset } from '@/lib/store/datasets'

const count = (n: number): string => n.toLocaleString('en')

/** A data set as `import` prints it: its id with what was read, then time span, levels, users and labels where it has them. */
export function describeDataset(dataset: Dataset): string[] {
  const { id, name, events, auditIDs, rejected, firstMicros, lastMicros, levels, summary } = dataset
  const lines = [`${id}  ${name}: ${count(events)} events, ${count(auditIDs)} requests, ${count(rejected)} rejected`]
  if (firstMicros !== null && lastMicros !== null) lines.push(`time    ${formatMicros(firstMicros)} to ${formatMicros(lastMicros)}`)
  lines.push(`levels  ${Object.entries(levels).map(([level, n]) => `${level} ${count(n)}`).join(', ')}`)
  if (summary) lines.push(`users   ${count(summary.distinctUsers)}`)
  if (summary?.truth) lines.push(`labels  ${count(summary.truth.labelled)} of ${count(auditIDs)} requests, ${count(summary.truth.labels)} different ones in ${count(summary.truth.contexts)} contexts`)
  return lines
}
