import { proposalAfter } from '@/lib/labelling/propagate/proposal'
import type { LabelState, Offer } from './model'
import type { Plan } from './plan-act'
import { isOpen } from './standing'
import type { UserAct } from './user-act'

/** After a label was given by hand: the same for the lines that belong with it and bear none. An act that proposes nothing leaves the last offer, as far as it still holds. */
export function offerAfter(state: LabelState, act: UserAct, plan: Plan): Offer | null {
  if (act.kind === 'propagate' || act.kind === 'accept-group') return null
  const [step] = plan.steps
  const label = state.labels[step?.request ?? -1]
  if (!state.suggestions || plan.steps.length !== 1 || step?.act.kind !== 'label' || !label) return still(state)
  return proposalAfter(state.suggestions, { request: step.request, role: step.act.role, label: label.label, context: label.context }, (request) => isOpen(state, request)) ?? still(state)
}

function still(state: LabelState): Offer | null {
  const requests = state.offer?.requests.filter((request) => isOpen(state, request)) ?? []
  return state.offer && requests.length > 0 ? { ...state.offer, requests } : null
}
