import type { ImportProgress } from '@/components/live/live-types'

export interface Count { readonly value: string; readonly count: number }

export interface TruthSummary {
  readonly auditIDs: number
  readonly labelled: number
  readonly roles: Readonly<Record<string, number>>
  readonly contexts: number
  readonly labels: number
  readonly notInLog: number
  readonly withoutTruth: number
}

export interface DatasetSummary {
  readonly verbs: readonly Count[]
  readonly users: readonly Count[]
  readonly distinctUsers: number
  readonly resources: readonly Count[]
  readonly namespaces: readonly Count[]
  readonly codes: readonly Count[]
  readonly stages: readonly Count[]
  readonly levels: readonly Count[]
  readonly userAgents: readonly Count[]
  readonly overTime: { readonly fromMicros: number; readonly stepMicros: number; readonly verbs: readonly string[]; readonly counts: readonly (readonly number[])[] } | null
  readonly truth: TruthSummary | null
}

export interface RejectSummary {
  readonly reason: string
  readonly count: number
  readonly first: readonly { readonly line: number; readonly excerpt: string }[]
}

/** What pages read of a stored data set; the store's rows fit it. */
export interface DatasetView {
  readonly id: string
  readonly name: string
  readonly state: 'importing' | 'ready' | 'failed'
  readonly sourceName: string
  readonly sha256: string | null
  readonly bytes: number
  readonly events: number
  readonly auditIDs: number
  readonly nonResource: number
  readonly redactions: number
  readonly secretsKept: boolean
  readonly firstMicros: number | null
  readonly lastMicros: number | null
  readonly levels: Readonly<Record<string, number>>
  readonly rejected: number
  readonly rejects: readonly RejectSummary[]
  readonly truncated: string | null
  readonly summary: DatasetSummary | null
  readonly card: string
  readonly progress: ImportProgress | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly createdAt: string
  readonly runs: number
  readonly hasLabels: boolean
}

/** Share of the events that bear a label; null where no truth was imported. */
export function labelledShare(dataset: DatasetView): number | null {
  const truth = dataset.summary?.truth
  return truth && dataset.events > 0 ? truth.labelled / dataset.events : null
}
