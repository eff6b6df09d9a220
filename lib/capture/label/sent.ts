import type { LabelParts } from '@/lib/labels/action-label'
import type { Method } from '../plan-types'

/** A request that the capture sent, as it knows it itself. */
export interface SentRequest {
  /** Chosen by the capture and sent along; the API server logs it under this id, or under the one it answered with. */
  readonly auditID: string
  readonly answeredID: string | null
  /** The plan's step; null for what belongs to no step: looking up, cleaning up. */
  readonly step: number | null
  /** 'own' for requests of no scene. */
  readonly scene: string
  readonly method: Method
  readonly path: string
  /** Null where it was not planned with one. */
  readonly label: LabelParts | null
  readonly status: number | null
}

/** Where a token comes from. */
export interface TokenHome {
  readonly scene: string
  /** Names a namespace. */
  readonly namespace: boolean
}
