import type { Reference } from '@/lib/contexts/reference'
import type { ServedKind } from '@/lib/contexts/served-kind'
import type { ActionLabel } from '@/lib/labels/action-label'

export interface ItemFact {
  readonly name: string
  readonly uid: string | null
}

/** What linking needs of one event: a few hundred bytes, bodies dropped. */
export interface EventFacts {
  readonly auditID: string
  readonly stage: string | null
  readonly received: string | null
  /** Microseconds since the epoch; Infinity where the log has no time, so that such lines sort last. */
  readonly at: number
  /** When the stage was logged: the end of a completed request. */
  readonly until: number
  /** A request for an API object (not /healthz, /api ...). */
  readonly api: boolean
  /** By an external user: a trigger, if `api`. */
  readonly external: boolean
  readonly user: string
  /** Which controller of the control plane sent it, null for any other sender. */
  readonly controller: string | null
  /** Who ran which program from where, of external users; null for components. */
  readonly client: string | null
  /** Field manager that the request names. */
  readonly manager: string | null
  readonly verb: string
  readonly code: number | null
  /** Version of the object that a write was answered with, null where the log does not tell. */
  readonly version: string | null
  readonly dryRun: boolean
  readonly group: string
  readonly resource: string
  readonly subresource: string
  readonly namespace: string
  /** As in objectRef, for display and labels. */
  readonly refName: string | null
  /** The object's name, from objectRef or from the bodies. */
  readonly name: string | null
  readonly uid: string | null
  /** Whether the log holds the object itself, so that its references are all there are. */
  readonly hasBody: boolean
  /** Whether the log holds the answer (level RequestResponse). */
  readonly hasAnswer: boolean
  readonly label: ActionLabel | null
  readonly references: readonly Reference[]
  /** Objects that a deletecollection removed; null when its answer was not logged. */
  readonly items: readonly ItemFact[] | null
  /** The release that the object says it is part of: Helm's annotation, or the label app.kubernetes.io/instance. */
  readonly instance: string | null
  /** What the event tells of a custom kind's plural and scope. */
  readonly served: ServedKind | null
  /** `key=value` labels of pods and cluster roles. */
  readonly labels: readonly string[] | null
  /** `key=value` pairs that the object, or the list request, selects by. */
  readonly selector: readonly string[] | null
}
