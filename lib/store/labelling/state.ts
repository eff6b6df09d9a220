import type { ActionLabel } from '@/lib/labels/action-label'
import type { LabelStanding, RequestLabel, Role } from '@/lib/labelling/types'

export type StoredStanding = Exclude<LabelStanding, 'suggested'>
export type EventKind = 'label' | 'clear' | 'flag' | 'unflag' | 'comment' | 'uncomment' | 'skip' | 'unskip'

/** The label of a request as it stands, and which event made it. */
export interface LabelPart {
  readonly standing: StoredStanding
  readonly role: Role | null
  readonly context: string | null
  readonly label: ActionLabel | null
  /** The label event that this label was given by, whatever undo and redo did since; 0 where nothing stands. */
  readonly setBy: number
  readonly actor: string | null
  readonly at: string | null
}

/** All that stands of a request after its newest label event. */
export interface RequestState extends LabelPart {
  readonly auditID: string
  readonly newest: number
  readonly flagged: boolean
  readonly skipped: boolean
  readonly comments: number
}

const NO_LABEL: LabelPart = { standing: 'unlabelled', role: null, context: null, label: null, setBy: 0, actor: null, at: null }

/** A request of which nobody has said anything. */
export function blankState(auditID: string): RequestState {
  return { ...NO_LABEL, auditID, newest: 0, flagged: false, skipped: false, comments: 0 }
}

export function labelPart({ standing, role, context, label, setBy, actor, at }: LabelPart): LabelPart {
  return { standing, role, context, label, setBy, actor, at }
}

export function toRequestLabel(state: RequestState): RequestLabel {
  const { auditID, newest, standing, role, context, label, actor, flagged, skipped, comments, at } = state
  return { auditID, newest, standing, role, label, context, actor: standing === 'unlabelled' ? null : actor, flagged, skipped, comments, at: standing === 'unlabelled' ? null : at }
}
