import type { LogLines } from './log-lines'

/** A context as lists of this room name it. Times are microseconds since the Unix epoch, null where the log has none. */
export interface ContextMention {
  readonly context: string
  /** Who did what: `alice create pods/exec shop/web-1`, for people. */
  readonly user: string | null
  readonly verb: string | null
  readonly object: string
  readonly code: number | null
  readonly agent: string | null
  readonly source: string | null
  readonly events: number
  readonly micros: number | null
  readonly durationMicros: number | null
  readonly command: string | null
}

const MOST_CHARACTERS = 300

/** @param context place in `columns.found.contexts` */
export function mentionOf(lines: LogLines, context: number): ContextMention {
  const { found, layout } = lines.columns
  const record = found.contexts[context]
  const row = layout.triggerRows[context] ?? -1
  const begin = layout.begins[context] ?? 0
  const times = Array.from({ length: layout.sizes[context] ?? 0 }, (_, at) => lines.micros(layout.memberRows[begin + at] ?? -1)).filter((time) => !Number.isNaN(time))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const at = lines.micros(row)
  return {
    context: record?.id ?? '', events: record?.events ?? 0, command: record !== undefined && 'command' in record && typeof record.command === 'string' ? record.command : null,
    user: short(lines.text(row, 'user')), verb: short(lines.text(row, 'verb')), object: objectOf(lines, row), code: lines.code(row), agent: short(lines.text(row, 'agent')), source: short(lines.source(row)),
    micros: Number.isNaN(at) ? null : at, durationMicros: times.length > 0 ? last - first : null,
  }
}

/** `pods/exec shop/web-1`, or the address where it is about no object. */
export function objectOf(lines: LogLines, row: number): string {
  const resource = lines.text(row, 'resource')
  if (resource === null) return short(lines.text(row, 'uri')) ?? 'no object'
  const subresource = lines.text(row, 'subresource')
  const place = [lines.text(row, 'namespace'), lines.text(row, 'name')].filter((part) => part !== null).join('/')
  return short(`${resource}${subresource === null ? '' : `/${subresource}`}${place === '' ? '' : ` ${place}`}`) ?? ''
}

export function short(text: string | null): string | null {
  return text !== null && text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text
}
