import { AUDIT_CATALOGUE, type QueryCatalogue } from '../catalogue'
import type { QueryField } from '../fields'
import { PathNode } from '../nodes'
import type { DictionaryColumn } from './dictionary-column'
import { toPath } from './logged-paths'
import type { QueryColumns } from './query-columns'

const MOST_VALUES = 200
const MOST_PATHS = 2_000
const LONGEST = 200
const FOUND = ['label.verb', 'label.resource', 'label.subresource', 'label.group', 'role']

/** The catalogue of a log: its commonest values by path, and the paths that its bodies were seen to have. */
export function columnsCatalogue(columns: QueryColumns): QueryCatalogue {
  const values: [string, readonly string[]][] = []
  for (const name of [...columns.events.paths, ...FOUND]) {
    const column = columns.lines.column(toPath(name))
    const common = column.kind === 'dictionary' ? commonest(column) : []
    if (common.length > 0) values.push([name, common])
  }
  const users = columns.contexts.column(PathNode.create(['context', 'users']))
  if (users.kind === 'dictionary') values.push(['context.users', commonest(users)])
  return { fields: [...AUDIT_CATALOGUE.fields, ...seenFields(columns)], values: Object.fromEntries(values) }
}

/** Texts and numbers of a column, and the items of its lists, commonest first. */
function commonest(column: DictionaryColumn): string[] {
  const counts = new Map<string, number>()
  for (let code = 1; code < column.distinct; code++) {
    const count = column.postings.countOf(code)
    const value = column.dictionary.values[code]
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === null || item === undefined || typeof item === 'object') continue
      const text = String(item)
      if (count > 0 && text.length <= LONGEST) counts.set(text, (counts.get(text) ?? 0) + count)
    }
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MOST_VALUES).map(([text]) => text)
}

function seenFields(columns: QueryColumns): QueryField[] {
  const known = new Set(AUDIT_CATALOGUE.fields.map((field) => field.path))
  return columns.events.census.paths.filter((path) => !known.has(path)).slice(0, MOST_PATHS)
    .map((path): QueryField => ({ path, type: 'any', doc: 'Seen in the bodies of this log.' }))
}
