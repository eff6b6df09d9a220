import type { ActionLabel } from '@/lib/labels/action-label'
import type { Role } from '../types'

/** What stands of a request in a labelled log: its role, the context it belongs to, and the label of that context. */
export interface Labelling {
  readonly role: Role
  readonly context: string | null
  readonly label: ActionLabel | null
}

/** What stands of every labelled request, by auditID; what is not in it is unlabelled. */
export type Labellings = ReadonlyMap<string, Labelling>
