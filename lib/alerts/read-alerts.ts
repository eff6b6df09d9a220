import { AuditweaveError } from '@/lib/audit/errors'
import { gunzip, isGzip, type Unpack } from '@/lib/audit/gunzip'
import { LineSplitter } from '@/lib/audit/line-splitter'
import type { Piece } from '@/lib/audit/piece'
import { falcoAlertOf } from './falco'
import type { ForeignAlert } from './foreign-alert'
import { genericAlertOf } from './generic'
import { ALERT_LIMITS } from './limits'

export interface ReadAlerts {
  readonly alerts: readonly ForeignAlert[]
  /** Lines that hold no alert: banners, other logs, broken JSON. */
  readonly skipped: number
  /** The first of them, by number. */
  readonly firstSkipped: number | null
  /** Alerts beyond the limit, left out. */
  readonly beyond: number
}

const decoder = new TextDecoder()

/**
 * Reads alerts of other tools, one JSON object a line, plain or gzip: Falco's, falcosidekick's, or any that name an auditID. A prefix
 * before the object (a time, a container runtime's mark) and Docker's wrapping are seen through.
 * Throws AuditweaveError `no-alerts` where not one line is an alert, and those of gunzip.
 */
export async function readAlerts(source: AsyncIterable<Uint8Array>, unpack: Unpack = gunzip): Promise<ReadAlerts> {
  const alerts: ForeignAlert[] = []
  const counts = { skipped: 0, firstSkipped: null as number | null, beyond: 0 }
  const sink = ({ bytes, number, size }: Piece): void => {
    const alert = size > ALERT_LIMITS.line ? null : alertOf(decoder.decode(bytes), number)
    if (alert === null) {
      counts.skipped++
      counts.firstSkipped ??= number
    } else if (alerts.length < ALERT_LIMITS.alerts) alerts.push(alert)
    else counts.beyond++
  }
  const splitter = new LineSplitter(ALERT_LIMITS.line)
  for await (const chunk of await unpacked(source, unpack)) splitter.push(chunk, sink)
  splitter.end(sink)
  if (alerts.length === 0) throw new AuditweaveError('no-alerts', `No line of the file is an alert (${counts.skipped} were looked at): give Falco's output with json_output: true, or JSON lines that each name an auditID.`)
  return { alerts, ...counts }
}

async function unpacked(source: AsyncIterable<Uint8Array>, unpack: Unpack): Promise<AsyncIterable<Uint8Array>> {
  const chunks = source[Symbol.asyncIterator]()
  const head = await chunks.next()
  const whole = (async function* () {
    if (head.done) return
    yield head.value
    yield* { [Symbol.asyncIterator]: () => chunks }
  })()
  return !head.done && isGzip(head.value) ? unpack(whole) : whole
}

/** The alert on one line; null where there is none. */
export function alertOf(line: string, number: number): ForeignAlert | null {
  const value = jsonOf(line)
  return value === undefined ? null : falcoAlertOf(value, number) ?? genericAlertOf(value, number)
}

function jsonOf(line: string): unknown {
  const start = line.indexOf('{')
  if (start < 0) return undefined
  const value = parse(line.slice(start))
  // Docker keeps a container's line as a text.
  if (typeof value === 'object' && value !== null && 'log' in value && typeof value.log === 'string' && value.log.trimStart().startsWith('{')) return parse(value.log)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
