import { AuditweaveError } from '@/lib/audit/errors'
import type { Filter } from './filter'

const COLUMNS: Readonly<Record<string, string>> = {
  number: 'r.number', name: 'r.name', state: 'r.state', kind: 'r.kind', endedEarly: 'r.ended_early', datasetVersion: 'r.dataset_version', preset: 'r.preset', protocol: 'r.protocol', seed: 'r.seed', attempt: 'r.attempt', priority: 'r.priority',
  createdAt: 'r.created_at', startedAt: 'r.started_at', finishedAt: 'r.finished_at', engine: 'r.engine', datasetName: 'd.name', experimentName: 'x.name', epochs: 'epochs',
}
const JSON_COLUMNS: Readonly<Record<string, string>> = { metrics: 'r.metrics', timings: 'r.timings', axes: 'r.axes', params: 'r.params' }

/**
 * ORDER BY for runs: a column's name, or a path into metrics, timings, axes or params ('metrics.lines.macroF1').
 * Columns come from the lists here, path parts travel as a parameter. Runs without the value come last.
 * @throws AuditweaveError 'bad-sort'
 */
export function runOrder(sort: string, descending: boolean, filter: Filter): string {
  const direction = `${descending ? 'DESC' : 'ASC'} NULLS LAST, r.number DESC`
  const column = Object.hasOwn(COLUMNS, sort) ? COLUMNS[sort] : undefined
  if (column !== undefined) return `ORDER BY ${column} ${direction}`
  const [head = '', ...path] = sort.split('.')
  const json = Object.hasOwn(JSON_COLUMNS, head) ? JSON_COLUMNS[head] : undefined
  if (json === undefined || path.length === 0 || path.length > 4) throw new AuditweaveError('bad-sort', `Runs cannot be sorted by "${sort.slice(0, 80)}". Use one of ${Object.keys(COLUMNS).join(', ')}, or a path into metrics, timings, axes or params.`)
  // jsonb orders numbers as numbers and texts as texts.
  return `ORDER BY NULLIF(${json} #> ${filter.parameter(path)}::text[], 'null') ${direction}`
}
