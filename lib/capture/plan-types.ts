import type { JsonValue } from '@/lib/audit/event'
import type { LabelParts } from '@/lib/labels/action-label'
import type { ApiResource } from './reference'
import type { Until } from './campaign'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request that a capture will send. */
export interface PlannedRequest {
  readonly kind: 'request'
  /** Running number in the plan, from 1. */
  readonly step: number
  /** `campaign/scene`. */
  readonly scene: string
  /** What it is, for people: `create deployments.apps web-x`. */
  readonly title: string
  readonly method: Method
  /** Path and query. */
  readonly path: string
  readonly body: JsonValue
  readonly contentType: string | null
  /** The label that its line will bear; null for what is no API object. */
  readonly label: LabelParts | null
  /** A user of the campaign, null for the kubeconfig's own. */
  readonly as: string | null
  readonly agent: string | null
  /** Answers that are no surprise; null for any below 400. */
  readonly expect: readonly number[] | null
  /** Whether it may change the cluster: then quiet is waited for. */
  readonly writes: boolean
  /** Opened as a stream and held this long, in seconds. */
  readonly hold: number | null
  /** Asked again until its answer is so. */
  readonly until: { readonly condition: Until; readonly most: number } | null
  /** The user whose token its answer holds. */
  readonly tokenFor: string | null
  /** Seconds of quiet before it, null for the campaign's. */
  readonly settle: number | null
}

export interface PlannedPause { readonly kind: 'pause'; readonly seconds: number }
/** Sent at the same time. */
export interface PlannedTogether { readonly kind: 'together'; readonly requests: readonly PlannedRequest[] }
export type PlannedStep = PlannedRequest | PlannedPause | PlannedTogether

export interface PlannedUser {
  readonly name: string
  /** Impersonated, with these groups; or a service account, whose token a request of the plan fetches. */
  readonly groups: readonly string[] | null
}

export interface PlannedScene {
  readonly name: string
  readonly namespaces: readonly string[]
  /** Every name that it gives. */
  readonly names: readonly string[]
  readonly users: ReadonlyMap<string, PlannedUser>
  readonly steps: readonly PlannedStep[]
}

/** All that a capture will do, decided before it does anything. */
export interface Plan {
  readonly id: string
  readonly seed: number
  readonly name: string
  readonly title: string
  readonly settle: number
  readonly settleMost: number
  readonly concurrency: number
  readonly scenes: readonly PlannedScene[]
  /** Kinds without a namespace of which it makes objects: what cleaning up looks through besides namespaces. */
  readonly clusterKinds: readonly ApiResource[]
  /** Kinds with a namespace of which it makes objects. */
  readonly namespacedKinds: readonly ApiResource[]
}

/** The requests of steps, those sent together one after the other. */
export function requestsOf(steps: readonly PlannedStep[]): readonly PlannedRequest[] {
  return steps.flatMap((step) => (step.kind === 'request' ? [step] : step.kind === 'together' ? step.requests : []))
}
