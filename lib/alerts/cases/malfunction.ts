import { quoteText } from './quote'
import type { LogLines } from '../log-lines'
import { mentionOf, short } from '../mention'
import type { MalfunctionReport, Repeat } from './report'

const LEAST_REPEATS = 5
const MOST_REPEATS = 20
const MOST_CONTEXTS = 6
const STEPS = 48
/** Absent, conflicting and not acceptable are how clients and controllers ask and take turns. */
const USUAL = new Set([404, 409, 422])
const CREDENTIALS = new Set([401, 403])

interface Group { readonly rows: number[] }

/** What fails over and over: requests of one client, for one object, refused alike. */
export function malfunctionReport(lines: LogLines): MalfunctionReport {
  const codes = new Map<number, number>()
  const groups = new Map<string, Group>()
  const refused: number[] = []
  for (const row of lines.requestRows()) {
    const code = lines.code(row)
    if (code === null || code < 400) continue
    codes.set(code, (codes.get(code) ?? 0) + 1)
    if (CREDENTIALS.has(code)) refused.push(row)
    if (USUAL.has(code) || lines.text(row, 'resource') === null) continue
    const key = JSON.stringify([lines.text(row, 'user'), lines.text(row, 'agent'), lines.source(row), lines.text(row, 'resource'), lines.text(row, 'namespace'), lines.text(row, 'name'), code])
    const group = groups.get(key) ?? { rows: [] }
    group.rows.push(row)
    groups.set(key, group)
  }
  const repeated = [...groups.values()].filter(({ rows }) => rows.length >= LEAST_REPEATS).toSorted((a, b) => b.rows.length - a.rows.length)
  return {
    codes: [...codes].map(([code, requests]) => ({ code, requests })).toSorted((a, b) => b.requests - a.requests),
    failed: [...codes.values()].reduce((sum, count) => sum + count, 0), refused: refused.length,
    repeats: repeated.slice(0, MOST_REPEATS).map(({ rows }) => repeatOf(lines, rows)),
    over: overTime(lines, refused, new Set(repeated[0]?.rows)),
  }
}

function repeatOf(lines: LogLines, rows: readonly number[]): Repeat {
  const row = rows[0] ?? -1
  const at = (field: Parameters<LogLines['text']>[1]): string | null => lines.text(row, field)
  const times = rows.map((one) => lines.micros(one)).filter((time) => !Number.isNaN(time)).toSorted((a, b) => a - b)
  const contexts = [...new Set(rows.map((one) => lines.contextOf(one)).filter((context) => context >= 0))]
  return {
    user: short(at('user')), agent: short(at('agent')), source: short(lines.source(row)), resource: short(at('resource')) ?? '', namespace: short(at('namespace')), name: short(at('name')),
    code: lines.code(row) ?? 0, reason: short(at('reason')), requests: rows.length, verbs: [...new Set(rows.map((one) => lines.text(one, 'verb') ?? ''))].toSorted(),
    firstMicros: times[0] ?? null, lastMicros: times.at(-1) ?? null, medianGapMicros: medianGap(times), ...success(lines, row), query: queryOf(lines, row),
    contexts: contexts.slice(0, MOST_CONTEXTS).map((context) => mentionOf(lines, context)),
  }
}

/** Whether the client ever got through, and whether others wrote the object meanwhile. */
function success(lines: LogLines, row: number): { carriedOut: number; othersWrote: number } {
  const same = (other: number, fields: readonly Parameters<LogLines['text']>[1][]): boolean => fields.every((field) => lines.text(other, field) === lines.text(row, field))
  let [carriedOut, othersWrote] = [0, 0]
  for (const other of lines.requestRows()) {
    if ((lines.code(other) ?? 500) >= 400) continue
    if (same(other, ['user', 'agent']) && lines.source(other) === lines.source(row)) carriedOut++
    else if (lines.text(row, 'name') !== null && same(other, ['resource', 'namespace', 'name']) && /^(create|update|patch)$/.test(lines.text(other, 'verb') ?? '')) othersWrote++
  }
  return { carriedOut, othersWrote }
}

function queryOf(lines: LogLines, row: number): string {
  const parts = [`code == ${lines.code(row) ?? 0}`]
  for (const [field, text] of [['resource', lines.text(row, 'resource')], ['namespace', lines.text(row, 'namespace')], ['name', lines.text(row, 'name')], ['username', lines.text(row, 'user')], ['userAgent', lines.text(row, 'agent')]] as const)
    if (text !== null) parts.push(`${field} == ${quoteText(text)}`)
  return parts.join(' and ')
}

function medianGap(times: readonly number[]): number | null {
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0)).toSorted((a, b) => a - b)
  return gaps[Math.floor(gaps.length / 2)] ?? null
}

function overTime(lines: LogLines, refused: readonly number[], repeated: ReadonlySet<number>): MalfunctionReport['over'] {
  const [from, to] = logTimes(lines)
  if (refused.length === 0 || from === null || to === null) return null
  const stepMicros = Math.max(1, Math.ceil((to - from + 1) / STEPS))
  const [all, some] = [Array<number>(STEPS).fill(0), Array<number>(STEPS).fill(0)]
  for (const row of refused) {
    const step = Math.floor((lines.micros(row) - from) / stepMicros)
    if (!(step >= 0 && step < STEPS)) continue
    all[step] = (all[step] ?? 0) + 1
    if (repeated.has(row)) some[step] = (some[step] ?? 0) + 1
  }
  return { fromMicros: from, stepMicros, refused: all, repeated: some }
}

/** When the first and the last request were received. */
export function logTimes(lines: LogLines): [number | null, number | null] {
  let [from, to]: [number | null, number | null] = [null, null]
  for (let row = 0; row < lines.size; row++) {
    const time = lines.micros(row)
    if (Number.isNaN(time)) continue
    if (from === null || time < from) from = time
    if (to === null || time > to) to = time
  }
  return [from, to]
}
