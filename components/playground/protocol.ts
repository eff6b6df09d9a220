import type { Role } from '@/lib/contexts/types'

/** One context as the list shows it. */
export interface ContextLine {
  readonly id: string
  readonly auditID: string
  readonly micros: number | null
  readonly lastMicros: number | null
  readonly user: string | null
  readonly verb: string | null
  readonly kind: string
  readonly object: string
  readonly code: number | null
  readonly label: string | null
  readonly events: number
}

/** Why an event belongs to its context, ready to be read. */
export interface Reason {
  readonly rule: string
  /** What joins them: "owner ReplicaSet default/web-7d". */
  readonly key: string
  /** What Kubernetes does that makes this right; null for a rule without such a line. */
  readonly because: string | null
  readonly score: number
  readonly to: string
  /** The earlier event in words: "create pods default/web by kubernetes-admin, 12 ms before". */
  readonly toText: string
}

export interface Guess { readonly label: string | null; readonly confidence: number; readonly runnerUp: string | null }

/** One line of the log as lists and timelines show it. */
export interface LogLine {
  readonly seq: number
  readonly auditID: string
  readonly stage: string | null
  readonly micros: number | null
  readonly user: string | null
  readonly verb: string | null
  readonly kind: string
  readonly object: string
  readonly code: number | null
  readonly role: Role
  readonly label: string | null
  readonly context: string | null
  readonly guess: Guess | null
}

export interface ContextDetail { readonly context: ContextLine; readonly lines: readonly LogLine[]; readonly agent: string | null; readonly address: string | null }
export interface EventDetail { readonly line: LogLine; readonly confidence: number | null; readonly reasons: readonly Reason[]; readonly background: string | null; readonly json: string }

export interface LoadedLog {
  readonly events: number
  readonly contexts: readonly ContextLine[]
  readonly roles: Readonly<Record<Role, number>>
  readonly rejected: readonly { readonly reason: string; readonly count: number; readonly excerpt: string }[]
  readonly redactions: number
  readonly truncated: string | null
  readonly seconds: number
}

export interface QueryAnswer { readonly ids: readonly string[]; readonly seconds: number; readonly meaning: string }
export interface ModelAnswer { readonly name: string; readonly labelled: number; readonly seconds: number; readonly agree: number; readonly compared: number }

/** Questions to the worker and their answers. */
export interface Calls {
  load: { readonly ask: { readonly source: Blob }; readonly answer: LoadedLog }
  query: { readonly ask: { readonly text: string }; readonly answer: QueryAnswer }
  context: { readonly ask: { readonly id: string }; readonly answer: ContextDetail | null }
  event: { readonly ask: { readonly auditID: string }; readonly answer: EventDetail | null }
  lines: { readonly ask: Record<string, never>; readonly answer: readonly LogLine[] }
  model: { readonly ask: { readonly manifest: string; readonly weights: ArrayBuffer; readonly engine: ArrayBuffer }; readonly answer: ModelAnswer }
}
export type CallName = keyof Calls

export interface Request<N extends CallName = CallName> { readonly id: number; readonly name: N; readonly ask: Calls[N]['ask'] }
export type Reply =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: Calls[CallName]['answer'] }
  | { readonly id: number; readonly kind: 'progress'; readonly done: number; readonly total: number | null }
  | { readonly id: number; readonly kind: 'error'; readonly code: string; readonly message: string }
