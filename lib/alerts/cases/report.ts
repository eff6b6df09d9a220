import type { ContextMention } from '../mention'
import type { Severity } from '@/lib/live/watch'

/** What the pages of the use cases show. Times are microseconds since the Unix epoch; lists are bounded, their totals are not. */
export interface CaseReports {
  readonly log: { readonly lines: number; readonly requests: number; readonly contexts: number; readonly firstMicros: number | null; readonly lastMicros: number | null }
  readonly malfunction: MalfunctionReport
  readonly falseAlarms: FalseAlarmsReport
  readonly evasion: EvasionReport
  readonly token: TokenReport
}

/** Requests of one client that fail over and over in the same way. */
export interface Repeat {
  readonly user: string | null
  readonly agent: string | null
  readonly source: string | null
  readonly resource: string
  readonly namespace: string | null
  readonly name: string | null
  readonly code: number
  readonly reason: string | null
  readonly requests: number
  readonly verbs: readonly string[]
  readonly firstMicros: number | null
  readonly lastMicros: number | null
  /** Half of the pauses between two of them are shorter. */
  readonly medianGapMicros: number | null
  /** Requests of the same client, to whatever, that were carried out. */
  readonly carriedOut: number
  /** Writes of that object by anyone that were carried out. */
  readonly othersWrote: number
  /** Finds exactly these. */
  readonly query: string
  /** Some of the contexts. */
  readonly contexts: readonly ContextMention[]
}

export interface MalfunctionReport {
  /** Requests that were answered 400 or more, by code; and those among them that say a client is broken (not 404 and 409). */
  readonly codes: readonly { readonly code: number; readonly requests: number }[]
  readonly failed: number
  readonly refused: number
  readonly repeats: readonly Repeat[]
  /** Requests that failed for credentials or rights, by step of time: all, and those of the commonest repeat. */
  readonly over: { readonly fromMicros: number; readonly stepMicros: number; readonly refused: readonly number[]; readonly repeated: readonly number[] } | null
}

export interface WatchLine {
  readonly name: string
  readonly severity: Severity
  readonly description: string
  readonly query: string
  readonly references: readonly string[]
  /** Requests that it matches by themselves; null where it cannot be asked of one. */
  readonly requests: number | null
  /** Contexts and client invocations that those requests are of, and those of none. */
  readonly foldedContexts: number
  readonly foldedCommands: number
  readonly outside: number
  /** Contexts that it matches as a watch. */
  readonly contexts: number
}

export interface FalseAlarmsReport {
  readonly watches: readonly WatchLine[]
  /** Sums over rules. */
  readonly requestAlerts: number
  readonly contextAlerts: number
  /** Of all rules together. */
  readonly foldedContexts: number
  readonly foldedCommands: number
  readonly outside: number
  readonly alertedContexts: number
  /** The client invocations of which rules said most, line by line. */
  readonly loudest: readonly { readonly mention: ContextMention; readonly contexts: number; readonly alerts: number; readonly rules: readonly string[]; readonly raised: readonly string[] }[]
}

/** A context that a watch matched, with the watches. */
export interface Finding { readonly mention: ContextMention; readonly watches: readonly { readonly name: string; readonly severity: Severity }[] }

export interface EvasionReport {
  readonly watches: readonly (WatchLine & { readonly falco: boolean })[]
  readonly contexts: number
  /** Who, most watches first. */
  readonly actors: readonly { readonly user: string | null; readonly watches: readonly string[]; readonly contexts: number; readonly requests: number; readonly findings: readonly Finding[] }[]
}

/** A service account as its requests show it. */
export interface AccountUse {
  readonly account: string
  readonly requests: number
  readonly refused: number
  readonly firstMicros: number | null
  readonly lastMicros: number | null
  /** Each client that used it: its program and its address. */
  readonly clients: readonly { readonly agent: string | null; readonly source: string | null; readonly scripting: boolean; readonly requests: number; readonly firstMicros: number | null }[]
  /** Contexts in which someone had a token made for it. */
  readonly tokens: readonly ContextMention[]
  /** What speaks for a token in wrong hands, in words. */
  readonly signs: readonly string[]
  /** Finds its requests. */
  readonly query: string
  readonly actions: readonly Finding[]
  /** Contexts of others in which its name was borrowed. */
  readonly borrowed: readonly ContextMention[]
  /** What the cluster did because of it, beyond its own requests. */
  readonly followed: number
}

export interface TokenReport {
  /** External ones: service accounts of kube-system are the control plane's. */
  readonly accounts: readonly AccountUse[]
  readonly known: number
}
