import { AUDIT_CATALOGUE, type QueryCatalogue } from '../catalogue'
import type { QueryField } from '../fields'
import { PathNode } from '../nodes'
import { toPath } from './logged-paths'
import type { QueryColumns } from './query-columns'
import { seenValues, type SeenValue } from './seen-values'

const MOST_VALUES = 200
const MOST_PATHS = 2_000
const FOUND = ['label.verb', 'label.resource', 'label.subresource', 'label.group', 'role']

/** The catalogue of a log: its commonest values by path with how often each stands, and the paths that its bodies were seen to have. */
export function columnsCatalogue(columns: QueryColumns): QueryCatalogue {
  const values: [string, readonly SeenValue[]][] = []
  for (const name of [...columns.events.paths, ...FOUND]) {
    const column = columns.lines.column(toPath(name))
    const common = column.kind === 'dictionary' ? seenValues(column, MOST_VALUES) : []
    if (common.length > 0) values.push([name, common])
  }
  const users = columns.contexts.column(PathNode.create(['context', 'users']))
  if (users.kind === 'dictionary') values.push(['context.users', seenValues(users, MOST_VALUES)])
  return {
    fields: [...AUDIT_CATALOGUE.fields, ...seenFields(columns)],
    values: Object.fromEntries(values.map(([name, seen]) => [name, seen.map(({ value }) => value)])),
    counts: Object.fromEntries(values.map(([name, seen]) => [name, seen.map(({ count }) => count)])),
  }
}

function seenFields(columns: QueryColumns): QueryField[] {
  const known = new Set(AUDIT_CATALOGUE.fields.map((field) => field.path))
  return columns.events.census.paths.filter((path) => !known.has(path)).slice(0, MOST_PATHS)
    .map((path): QueryField => ({ path, type: 'any', doc: 'Seen in the bodies of this log.' }))
}
