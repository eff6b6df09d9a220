import { describeContext } from '@/lib/contexts/describe'
import type { ContextRecord, ContextTrigger } from '@/lib/contexts/types'
import type { Minute } from './minutes'
import type { Severity } from './watch'

/** What the receiver counts, as it reports it; times in milliseconds since the epoch. */
export interface ReceiverPulse {
  readonly batches: number
  readonly events: number
  readonly duplicates: number
  readonly conflicting: number
  readonly refused: number
  readonly lagSeconds: number | null
  readonly worstLagSeconds: number | null
  readonly lastAt: number | null
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
  readonly rate: number
}

/** A context as a row of the page. */
export interface LiveContextLine {
  readonly id: string
  /** Safe to show anywhere: what steers a terminal or a reading direction is made visible. */
  readonly sentence: string
  readonly trigger: ContextTrigger
  /** HTTP status of the trigger. */
  readonly code: number | null
  /** Requests. */
  readonly events: number
  readonly first: string | null
  readonly last: string | null
  /** How often each verb occurs among its requests. */
  readonly verbs: Readonly<Record<string, number>>
  readonly closed: boolean
  readonly version: number
}

/** How the application's receiver was asked to listen. */
export interface Listening { readonly address: string; readonly tls: boolean; readonly token: boolean }

export interface LiveStatus {
  readonly listening: Listening | null
  /** Null while the receiver is starting or down. */
  readonly pulse: ReceiverPulse | null
  readonly receiverUp: boolean
  /** Lines in the window, and how many it holds at most. */
  readonly held: number
  readonly limit: number
  readonly open: number
  readonly late: number
  /** Lines on the disk that are not linked yet. */
  readonly behind: number
  /** Milliseconds that the last linking took. */
  readonly linkMs: number
  readonly minutes: readonly Minute[]
  readonly webhook: 'off' | 'on'
  readonly problem: string | null
}

/** What changed since a version; `full` where it is all there is. `run` names the engine's life: with another one versions begin anew. */
export interface LiveUpdate {
  readonly run: string
  readonly version: number
  readonly full: boolean
  readonly status: LiveStatus
  readonly contexts: readonly LiveContextLine[]
}

/** What a query finds in the window. */
export interface WatchTrial {
  readonly matched: number
  readonly looked: number
  readonly ms: number
  /** For how long a context must be quiet before the watch looks at it, in milliseconds; 0 where it looks at every change. */
  readonly quietMs: number
  /** The newest of them. */
  readonly contexts: readonly LiveContextLine[]
}

/** What each severity stands for in order, the gravest last. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3 }

interface Member { readonly auditID: string; readonly verb: string; readonly resource: string; readonly subresource: string; readonly code: number | null }

/** The row of a context. `memberOf` looks up what is known of a request; null where it has left the window. */
export function contextLine(record: ContextRecord, memberOf: (auditID: string) => Member | null, { closed, version }: { readonly closed: boolean; readonly version: number }): LiveContextLine {
  const members = record.members.flatMap((auditID) => memberOf(auditID) ?? [])
  const verbs: Record<string, number> = Object.create(null) as Record<string, number>
  for (const { verb } of members) if (/^[a-z]{1,20}$/.test(verb)) verbs[verb] = (verbs[verb] ?? 0) + 1
  const { id, trigger, events, first, last } = record
  return {
    id, trigger, events, first, last, closed, version, verbs: { ...verbs }, code: members.find(({ auditID }) => auditID === trigger.auditID)?.code ?? null,
    sentence: describeContext(record, members.filter(({ auditID }) => auditID !== trigger.auditID)),
  }
}
