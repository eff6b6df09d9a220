import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { readAudit } from '@/lib/audit/read'
import { openSource, sourceSize } from '@/lib/audit/source.node.ts'
import { formatMicros, parseMicros } from '@/lib/audit/time'
import { printJson, say } from '../output'
import { startProgress } from '../progress'
import { tokenOf } from './receive'
import { Sending } from './sending'

export interface ReplayOptions {
  readonly to: string
  readonly speed: number
  readonly keepTimes?: boolean
  readonly tokenFile?: string
  readonly json?: boolean
}

/** As kube-apiserver sends at most. */
const BATCH = 400
const BATCH_BYTES = 8 << 20
/** How long a batch is gathered before it goes, in milliseconds of our time. */
const GATHER_MS = 500

/** Sends a log at its own pace or another. @throws AuditweaveError 'wrong-use', 'not-taken', and those of reading */
export async function replay(input: string, options: ReplayOptions): Promise<void> {
  const sending = new Sending(addressOf(options.to), await tokenOf(options))
  const bar = startProgress('Sending', await sourceSize(input))
  const { events } = readAudit(openSource(input), { keepSecrets: true, onProgress: (bytes) => bar.update(bytes) })
  const clock = new Clock(options.speed)
  let [batch, bytes, due] = [[] as string[], 0, Infinity]
  const send = async (): Promise<void> => {
    if (batch.length > 0) await sending.send(batch)
    ;[batch, bytes, due] = [[], 0, Infinity]
  }
  for await (const read of events) {
    for (const event of read) {
      const wait = clock.until(event)
      if (batch.length > 0 && (Date.now() + wait > due || batch.length >= BATCH || bytes > BATCH_BYTES)) await send()
      const rest = clock.until(event)
      if (rest > 0) await sleep(rest)
      const text = JSON.stringify(options.keepTimes ? plain(event) : clock.moved(plain(event)))
      batch.push(text)
      bytes += text.length
      due = Math.min(due, Date.now() + GATHER_MS)
    }
  }
  await send()
  bar.end()
  const { sent, stored, duplicates } = sending
  if (options.json) printJson({ sent, stored, duplicates })
  else say(`Sent ${sent} events to ${options.to}: ${stored} were kept, ${duplicates} were there already.`)
}

/** When each event happens again. */
class Clock {
  readonly #began = Date.now()
  #first: number | null = null

  constructor(private readonly speed: number) {}

  /** Milliseconds until an event is to be sent. */
  until(event: AuditEvent): number {
    const at = event.stageMicros ?? event.receivedMicros
    if (at === null) return 0
    this.#first ??= at
    const after = this.speed === Infinity ? 0 : (at - this.#first) / 1000 / this.speed
    return Math.max(0, this.#began + after - Date.now())
  }

  /** The event with times counted from the begin of the replay, and an audit ID of its own. */
  moved(event: Record<string, unknown>): Record<string, unknown> {
    const moved: Record<string, unknown> = { ...event, auditID: this.#newId(String(event['auditID'])) }
    for (const name of ['requestReceivedTimestamp', 'stageTimestamp']) {
      const at = typeof event[name] === 'string' ? parseMicros(event[name]) : null
      if (at !== null && this.#first !== null) moved[name] = formatMicros(at - this.#first + this.#began * 1000)
    }
    return moved
  }

  #newId(auditID: string): string {
    const hex = createHash('sha256').update(`${this.#began}\0${auditID}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}

/** The event as kube-apiserver writes it: what is not there is left out. */
function plain({ receivedMicros: _received, stageMicros: _stage, ...event }: AuditEvent): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event).flatMap(([key, value]) => (value === null ? [] : [[key, isPart(value) ? Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null)) : value]])))
}

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new AuditweaveError('wrong-use', `--to ${text} is no address: give one such as http://127.0.0.1:8085/audit.`)
}
