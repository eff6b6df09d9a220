import type { LabellingLog } from '@/lib/labelling/types'

/** How requests and lines of a log find one another. */
export interface LogIndex {
  readonly requestOf: ReadonlyMap<string, number>
  /** A request's first line. */
  readonly firstLine: Int32Array
  /** The next line of the same request, -1 after its last. */
  readonly nextLine: Int32Array
  /** The line before that is about the same object, -1 for none; lines about no named object have none. */
  readonly objectBefore: Int32Array
}

export function indexLog(log: LabellingLog): LogIndex {
  const requestOf = new Map(log.auditIDs.map((id, request) => [id, request]))
  const firstLine = new Int32Array(log.auditIDs.length).fill(-1)
  const lastLine = new Int32Array(log.auditIDs.length).fill(-1)
  const nextLine = new Int32Array(log.lines).fill(-1)
  const objectBefore = new Int32Array(log.lines).fill(-1)
  const newest = new Map<string, number>()
  for (let line = 0; line < log.lines; line++) {
    const request = log.request[line] as number
    const last = lastLine[request] as number
    if (last < 0) firstLine[request] = line
    else nextLine[last] = line
    lastLine[request] = line
    if ((log.name[line] as number) < 0) continue
    const object = `${log.group[line]} ${log.resource[line]} ${log.namespace[line]} ${log.name[line]}`
    const before = newest.get(object) ?? -1
    // Stages of one request are no revisions of its object.
    objectBefore[line] = before >= 0 && log.request[before] === request ? (objectBefore[before] as number) : before
    newest.set(object, line)
  }
  return { requestOf, firstLine, nextLine, objectBefore }
}

/** The text of a column's cell, null for none. */
export function textAt(log: LabellingLog, column: readonly number[], line: number): string | null {
  return log.texts[column[line] ?? -1] ?? null
}

/** Microseconds since the epoch of a line. */
export function microsAt(log: LabellingLog, line: number): number {
  return Math.round((log.firstMillis + (log.at[line] ?? 0)) * 1000)
}

export function requestAt(log: LabellingLog, line: number): number {
  return log.request[line] ?? -1
}
