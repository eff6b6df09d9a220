import { z } from 'zod'
import { parseQuery, QUERY_LIMITS } from '@/lib/query'

export const SEVERITIES = ['info', 'low', 'medium', 'high'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A watch that ships. Its name is its identity: a new version of it is told by the name. */
export interface StarterWatch {
  readonly name: string
  /** What it finds and why that matters, in a sentence or two of plain text. */
  readonly description: string
  /** A query of `lib/query`; a context that it matches raises an alert. */
  readonly query: string
  readonly severity: Severity
  /** Addresses and names of what it follows (a rule set, a technique), plain text. */
  readonly references: readonly string[]
}

/** A query that is asked of every context as it grows. */
export interface Watch {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly query: string
  readonly severity: Severity
  readonly enabled: boolean
  readonly source: 'starter' | 'own'
  /** Whether its alerts are also posted to the operator's webhook. */
  readonly notify: boolean
  readonly references: readonly string[]
  readonly createdAt: string
  readonly updatedAt: string
}

/** What became of posting an alert to the webhook; `off` where none is configured or the watch does not ask for it. */
export type Delivery = 'off' | 'pending' | 'sent' | 'failed'

/** Who did what, as it stands in the alert: the context may be gone when it is read. */
export interface AlertTrigger {
  readonly auditID: string
  readonly user: string | null
  readonly verb: string | null
  /** `pods/exec shop/web-1`: what was acted on, readable. */
  readonly object: string | null
}

/** Raised once for a watch and a context. Times are ISO 8601 in UTC. */
export interface Alert {
  readonly id: string
  readonly watchId: string
  readonly watch: string
  readonly severity: Severity
  readonly contextId: string
  readonly trigger: AlertTrigger
  /** Requests of the context when it was last looked at. */
  readonly events: number
  /** Times of the first and last request of the context, as logged. */
  readonly firstAt: string
  readonly lastAt: string
  readonly raisedAt: string
  readonly state: 'open' | 'acknowledged'
  readonly acknowledgedAt: string | null
  readonly acknowledgedBy: string | null
  readonly delivery: Delivery
  readonly deliveryError: string | null
}

const name = z.string().trim().min(1).max(120)
const query = z.string().min(1).max(QUERY_LIMITS.text).superRefine((text, context) => {
  try {
    parseQuery(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is no query' })
  }
})

/** A watch as it is made or changed on the page. Its query must parse. */
export const watchInput = z.strictObject({
  name,
  description: z.string().max(2000).default(''),
  query,
  severity: z.enum(SEVERITIES).default('medium'),
  enabled: z.boolean().default(true),
  notify: z.boolean().default(true),
})
export type WatchInput = z.infer<typeof watchInput>

export const watchChange = z.strictObject({
  name: name.optional(),
  description: z.string().max(2000).optional(),
  query: query.optional(),
  severity: z.enum(SEVERITIES).optional(),
  enabled: z.boolean().optional(),
  notify: z.boolean().optional(),
})
export type WatchChange = z.infer<typeof watchChange>

export const starterWatch = z.strictObject({ name, description: z.string().min(1).max(2000), query, severity: z.enum(SEVERITIES), references: z.array(z.string().max(500)).max(20) })
