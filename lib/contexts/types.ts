import type { ActionLabel } from '@/lib/labels/action-label'

/** One reason why an event belongs to a context. */
export interface Link {
  /** Name of the rule in the table (`rules/`). */
  readonly rule: string
  /** What joins them, readable: `owner ReplicaSet default/web-7d`. */
  readonly key: string
  /** auditID of the earlier event that this one follows: a member of the same context. */
  readonly to: string
  /** 0..1, how far the rule is to be trusted here. */
  readonly score: number
}

export type Role = 'trigger' | 'consequence' | 'background' | 'nonresource'

/** One record for each logged event (each stage of an auditID), in order of time received. */
export interface ReconstructedRecord {
  readonly auditID: string
  readonly stage: string | null
  readonly requestReceivedTimestamp: string | null
  readonly role: Role
  readonly label: ActionLabel | null
  /** 0..1 that the membership is right, null outside contexts. */
  readonly confidence: number | null
  readonly context: string | null
  readonly links: readonly Link[]
}

export interface TriggerObjectRef {
  readonly group: string
  readonly resource: string | null
  readonly subresource: string | null
  readonly namespace: string | null
  readonly name: string | null
}

export interface ContextTrigger {
  readonly auditID: string
  readonly requestReceivedTimestamp: string | null
  readonly user: string | null
  readonly verb: string | null
  readonly objectRef: TriggerObjectRef | null
}

export interface ContextRecord {
  /** Derived from the trigger's auditID, the same on every run. */
  readonly id: string
  readonly trigger: ContextTrigger
  readonly label: ActionLabel | null
  /** Distinct auditIDs. */
  readonly events: number
  /** requestReceivedTimestamp of the first and last member. */
  readonly first: string | null
  readonly last: string | null
  /** Shared by contexts that one invocation of a client made (`kubectl apply` of a list, a Helm install); null where it made this one alone. */
  readonly command?: string | null
  /** auditIDs in order of time received. */
  readonly members: readonly string[]
}

export interface Reconstruction {
  readonly records: ReconstructedRecord[]
  readonly contexts: ContextRecord[]
}
