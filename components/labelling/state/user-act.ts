import type { ActionLabel } from '@/lib/labels/action-label'
import type { VerbClass } from '@/lib/labels/verbs'

/** What a key asks to be done to the selected requests, or to that of the cursor. */
export type UserAct =
  /** Each its own suggestion. */
  | { readonly kind: 'accept' }
  /** The whole suggested context, or the run of lines with the same suggestion. */
  | { readonly kind: 'accept-group' }
  /** One of the likely labels, from 1. */
  | { readonly kind: 'pick'; readonly number: number }
  | { readonly kind: 'label'; readonly label: ActionLabel }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'verb'; readonly verb: VerbClass }
  | { readonly kind: 'background' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'comment'; readonly text: string }
  /** The offer: a trigger's label for its linked lines. */
  | { readonly kind: 'propagate' }

/** Acts after which the next line is due. */
export function movesOn(act: UserAct): boolean {
  return act.kind !== 'flag' && act.kind !== 'comment' && act.kind !== 'propagate'
}
