import { makeLabel } from '@/lib/labels/codec'
import type { RequestLabel } from '@/lib/labelling/types'
import type { Step } from './plan-act'

/** What a request's label becomes, before the server has said so. */
export function applyStep(before: RequestLabel, { act }: Step, actor: string | null, at: string): RequestLabel {
  switch (act.kind) {
    case 'label': return { ...before, standing: 'labelled', role: act.role, label: act.label === null ? null : makeLabel(act.label), context: act.context, skipped: false, actor, at }
    case 'clear': return { ...before, standing: 'unlabelled', role: null, label: null, context: null, actor, at }
    case 'flag': return { ...before, flagged: true }
    case 'unflag': return { ...before, flagged: false }
    case 'comment': return { ...before, comments: before.comments + 1 }
    case 'skip': return { ...before, skipped: true }
  }
}
