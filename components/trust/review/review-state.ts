import type { ReviewAnswer, ReviewItem } from '@/lib/labelling/agreement/answers'
import { AGREEMENT_PARTS, classOf, type AgreementPart } from '@/lib/labelling/agreement/ratings'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { LabelBatch, RequestLabel, Role } from '@/lib/labelling/types'
import { setParam } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'
import { labelText } from '@/components/playground/describe-line'
import { visibleText } from '@/components/format/visible'

/** What the address of the review says. `said` and `against` narrow the queue to one cell of the matrix. */
export interface ReviewState {
  readonly a: string
  readonly b: string
  readonly part: AgreementPart
  readonly cell: readonly [string, string] | null
  readonly at: string
  readonly settled: boolean
}

export const reviewCodec: UrlCodec<ReviewState> = {
  read: (params) => {
    const [said, against] = [params.get('said'), params.get('against')]
    return {
      a: params.get('a')?.slice(0, 80) ?? '', b: params.get('b')?.slice(0, 80) ?? '', part: AGREEMENT_PARTS.find((part) => part === params.get('part')) ?? 'whole',
      cell: said === null || against === null ? null : [said.slice(0, 600), against.slice(0, 600)], at: params.get('at')?.slice(0, 600) ?? '', settled: params.get('settled') === '1',
    }
  },
  write: ({ a, b, part, cell, at, settled }) => {
    const params = new URLSearchParams()
    setParam(params, 'a', a)
    setParam(params, 'b', b)
    if (cell) {
      setParam(params, 'part', part === 'whole' ? '' : part)
      params.set('said', cell[0])
      params.set('against', cell[1])
    }
    setParam(params, 'at', at)
    setParam(params, 'settled', settled ? '1' : '')
    return params
  },
}

/** The items of a queue: the open ones, or the settled, of one cell of the matrix where that is asked. */
export function shownItems(items: readonly ReviewItem[], { cell, part, settled }: ReviewState): readonly ReviewItem[] {
  return items.filter((item) => item.settled === settled && (cell === null || (classOf(item.a, part) === cell[0] && classOf(item.b, part) === cell[1])))
}

/** The answer after labels have changed: what stands now, and what is settled by it. */
export function withLabels(answer: ReviewAnswer, labels: readonly RequestLabel[]): ReviewAnswer {
  const changed = new Map(labels.map((label) => [label.auditID, label]))
  const items = answer.items.map((item) => { const now = changed.get(item.request.auditID); return now ? { ...item, now, settled: now.standing === 'reviewed' } : item })
  const moved = items.filter((item) => item.settled).length - answer.items.filter((item) => item.settled).length
  return { ...answer, items, open: answer.open - moved, settled: answer.settled + moved }
}

/** What a request is decided to be. */
export interface Decision { readonly role: Role; readonly label: ActionLabel | null; readonly context: string | null; readonly by: string }

export function decisionOf(item: ReviewItem, side: 'a' | 'b'): Decision | null {
  const { role, label, context, by } = item[side]
  const inside = role === 'trigger' || role === 'consequence'
  const known = role ?? (label === null ? null : 'consequence')
  if (known === null || (inside && label === null)) return null
  return { role: known, label, context: inside ? (context ?? item.now.context) : null, by }
}

/** Another label than either: with the role of whoever has one that bears a label. */
export function anotherDecision(item: ReviewItem, label: ActionLabel): Decision {
  const role = [item.a.role, item.b.role, item.now.role].find((one) => one === 'trigger' || one === 'consequence') ?? 'trigger'
  return { role, label, context: item.a.context ?? item.b.context ?? item.now.context, by: 'another label' }
}

export function decisionText({ role, label }: Pick<Decision, 'label'> & { readonly role: Role | null }): string {
  return visibleText(labelText(label) ?? role ?? 'no label', 120)
}

/** The act that writes a decision; `seen` guards against what another has labelled meanwhile. */
export function adjudication(item: ReviewItem, decision: Decision, id: string): LabelBatch {
  const { role, label, context } = decision
  return {
    id, kind: 'adjudicate', title: `Decide ${decisionText(decision)} (${visibleText(decision.by, 64)})`, assignment: null,
    changes: [{ auditID: item.request.auditID, act: { kind: 'label', role, label: label && { group: label.group, resource: label.resource, subresource: label.subresource, verb: label.verb, namespaced: label.namespaced, single: label.single }, context }, suggestion: null, seen: item.now.newest }],
  }
}
