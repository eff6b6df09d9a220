import type { LineColumns } from '@/lib/experiments/compare/line-columns'
import { toCsv } from '@/components/charts/csv'
import { OUTCOME_WORDS } from './outcome-words'
import { outcomeAt } from './line-filter'

const HEAD = ['auditID', 'seq', 'requestReceivedTimestamp', 'verb', 'user', 'resource', 'object', 'userAgent', 'code', 'context', 'rightIs', 'want', 'labelA', 'confidenceA', 'labelB', 'confidenceB']

/** The lines shown, as a file; labels as their keys. */
export function linesCsv(lines: LineColumns, shown: Int32Array): string {
  const word = (column: readonly number[], line: number): string | null => lines.words[column[line] ?? -1] ?? null
  const label = (column: readonly number[], line: number): string | null => lines.labels[column[line] ?? -1] ?? null
  return toCsv(HEAD, [...shown].map((line) => [
    lines.auditID[line], (lines.seq[line] ?? -1) < 0 ? null : lines.seq[line], timestamp(lines.micros[line] ?? null), word(lines.verb, line), word(lines.user, line), word(lines.resource, line), word(lines.object, line),
    word(lines.agent, line), lines.code[line], word(lines.context, line), OUTCOME_WORDS[outcomeAt(lines, line)].right, label(lines.want, line), label(lines.a, line), lines.confidenceA[line], label(lines.b, line), lines.confidenceB[line],
  ]))
}

/** RFC 3339 with the log's microseconds. */
function timestamp(micros: number | null): string | null {
  if (micros === null) return null
  const iso = new Date(Math.floor(micros / 1000)).toISOString()
  return `${iso.slice(0, 23)}${String(Math.floor(micros) % 1000).padStart(3, '0')}Z`
}
