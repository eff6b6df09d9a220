import type { ActionLabel } from '@/lib/labels/action-label'
import type { ContextCorrected } from './corrections/types'

/** A context as lists of a reconstruction show it; times are microseconds since the epoch. */
export interface ListedContext {
  readonly id: string
  readonly micros: number | null
  readonly user: string | null
  readonly verb: string | null
  readonly resource: string | null
  readonly subresource: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly events: number
  readonly lines: number
  readonly firstMicros: number | null
  readonly lastMicros: number | null
  readonly label: ActionLabel | null
  readonly lowest: number | null
  readonly followed: string
  readonly command: string | null
  readonly corrected: ContextCorrected | null
}
