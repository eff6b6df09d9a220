import type { Role } from '@/lib/contexts/types'
import type { Origin } from './origin'

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

/** What a network says of a line; `own` where that is the line's own action, so that nobody else's is behind it. */
export interface Guess { readonly label: string | null; readonly confidence: number; readonly runnerUp: string | null; readonly own: boolean }

/** What is kept of every line: enough for lists, timelines and searches. */
export interface LineHead {
  readonly seq: number
  readonly auditID: string
  readonly stage: string | null
  readonly micros: number | null
  readonly user: string | null
  readonly verb: string | null
  readonly kind: string
  readonly object: string
  readonly code: number | null
}

/** One line of the log with its label and where that comes from. */
export interface LogLine extends LineHead {
  readonly role: Role
  readonly label: string | null
  readonly context: string | null
  readonly origin: Origin
  /** False where the label, or its absence, should be read with care. */
  readonly certain: boolean
  /** The strongest link's rule, 'trigger' for a trigger; null without evidence. */
  readonly rule: string | null
  /** 0..1, how far the best link is to be trusted; 1 for a trigger, null without links. */
  readonly linkScore: number | null
  readonly guess: Guess | null
  /** The context that a label by the network alone points to; nothing in the log proves it. */
  readonly likely: string | null
}

/** `perhaps` are lines that the network alone gives to this context, `perhapsMore` how many are not sent. */
export interface ContextDetail {
  readonly context: ContextLine
  readonly lines: readonly LogLine[]
  readonly agent: string | null
  readonly address: string | null
  readonly perhaps: readonly LogLine[]
  readonly perhapsMore: number
}
export interface EventDetail { readonly line: LogLine; readonly reasons: readonly Reason[]; readonly background: string | null; readonly likelyText: string | null; readonly json: string }

/** How many lines have their label from where, and how many are uncertain. */
export interface LabelCounts { readonly origins: Readonly<Record<Origin, number>>; readonly uncertain: number; readonly roles: Readonly<Record<Role, number>> }

/** What links, or links and network together, make of the log. */
export interface LogLabelling { readonly contexts: readonly ContextLine[]; readonly counts: LabelCounts }

export interface LoadedLog {
  readonly events: number
  readonly bytes: number
  readonly labels: LogLabelling
  readonly rejected: readonly { readonly reason: string; readonly count: number; readonly excerpt: string }[]
  readonly redactions: number
  readonly truncated: string | null
  readonly seconds: { readonly reading: number; readonly linking: number }
}

export interface QueryAnswer { readonly ids: readonly string[]; readonly seconds: number; readonly meaning: string }
export interface ModelAnswer {
  readonly name: string
  readonly engine: string
  readonly labelled: number
  /** Lines that links and network both label, and how many alike. */
  readonly agree: number
  readonly compared: number
  readonly labels: LogLabelling
  readonly seconds: { readonly network: number; readonly joining: number }
}

export const SHOWN = ['all', 'links', 'network', 'disagree', 'uncertain'] as const
/** Which lines a list is about. */
export type Shown = (typeof SHOWN)[number]
export interface LinesPage { readonly total: number; readonly from: number; readonly lines: readonly LogLine[] }

/** A model folder's two files and the kernels that carry it out. */
export interface ModelFiles {
  readonly name: string
  readonly manifest: string
  readonly weights: ArrayBuffer
  readonly engine: ArrayBuffer
  /** The text of its neighbours.json; null where it brings none. */
  readonly neighbours: string | null
}

/** What taking one thing away does to the label: `drop` of its probability, and what integrated gradients credit it with. */
export interface Influence { readonly name: string; readonly value: string | null; readonly kind: 'event' | 'link'; readonly drop: number; readonly attribution: number | null }

/** Why a network gives a line its label, each list with what weighs most first. */
export interface Explained {
  readonly model: string
  readonly label: string | null
  /** Of the label in the window where the line stands nearest the middle, before vote and calibration. */
  readonly probability: number
  /** Lines of that window. */
  readonly window: number
  readonly features: readonly Influence[]
  readonly groups: readonly Influence[]
  readonly wholes: readonly Influence[]
  /** Lines before (offset below 0) and after it. */
  readonly neighbours: readonly (Pick<Influence, 'drop' | 'attribution'> & { readonly auditID: string; readonly offset: number; readonly text?: string })[]
  /** How far the two methods agree; null where the engine has no gradients. */
  readonly check: { readonly rank: number | null; readonly top: number; readonly count: number } | null
  /** Training lines that the network finds most alike; null where the model brings none along. */
  readonly nearest: { readonly of: string; readonly lines: readonly { readonly line: number; readonly label: string; readonly similarity: number }[] } | null
  readonly seconds: number
}

export const PHASES = ['reading', 'linking', 'network', 'joining'] as const
/** What the worker is at while a log becomes labelled. */
export type Phase = (typeof PHASES)[number]
/** `done` of `total` in bytes, lines or windows; null where a phase cannot tell. */
export interface Progress { readonly phase: Phase | 'explaining'; readonly done: number; readonly total: number | null }
/** News of labelling alone. */
export interface LabelProgress extends Progress { readonly phase: Phase }

/** Questions to the worker and their answers. */
export interface Calls {
  load: { readonly ask: { readonly source: Blob }; readonly answer: LoadedLog }
  query: { readonly ask: { readonly text: string }; readonly answer: QueryAnswer }
  context: { readonly ask: { readonly id: string }; readonly answer: ContextDetail | null }
  event: { readonly ask: { readonly auditID: string }; readonly answer: EventDetail | null }
  lines: { readonly ask: { readonly text: string; readonly show: Shown; readonly from: number; readonly to: number }; readonly answer: LinesPage }
  model: { readonly ask: ModelFiles; readonly answer: ModelAnswer }
  /** Null for a line that no network labels. */
  explain: { readonly ask: { readonly auditID: string }; readonly answer: Explained | null }
  /** Back to the labels that links give. */
  unlabel: { readonly ask: Record<string, never>; readonly answer: LogLabelling }
}
