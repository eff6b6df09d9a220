import type { ContextRecord, Link, TriggerObjectRef } from '@/lib/contexts/types'
import { singular } from '@/lib/contexts/view/words'
import { visibleText } from '@/lib/contexts/visible-text'

/** What a sentence counts of the events that followed. */
export interface FollowingAction {
  readonly verb: string
  readonly resource: string
  readonly subresource: string
}

const LONGEST_NAME = 120
const MOST_GROUPS = 3

const PAST = new Map([
  ['create', 'created'], ['delete', 'deleted'], ['deletecollection', 'deleted all'], ['get', 'read'], ['list', 'listed'], ['patch', 'patched'], ['update', 'updated'],
  ['watch', 'watched'],
])

const REASONS = new Map(Object.entries({
  'own-object': 'acts on what the trigger changed', owner: 'acts on something owned by', claim: 'is about storage claimed by', service: 'maintains the endpoints of',
  backend: 'maintains endpoints that lead to', template: 'is about a claim that is made for', parent: 'keeps an address of', establishes: 'serves the resource defined by',
  account: 'keeps a token of', volume: 'attaches', 'generated-name': 'acts on something named after', 'involved-object': 'reports on', 'event-series': 'repeats a report',
  'event-name': 'reports, by its name, on', 'node-lifecycle': 'answers a change of', 'autoscaler-target': 'scales for', 'aggregated-role': 'collects the rules of', 'selected-pods': 'counts pods, among them',
  'pods-of-node': 'removes a pod of', 'bound-object': 'fetches a credential for', 'pod-reference': 'fetches what is mounted by', 'pod-start': 'fetches what is needed to start', 'pod-fetch': 'fetches what is needed to start',
  'namespace-deletion': 'happens in a namespace being deleted:', 'namespace-creation': 'furnishes the new', definition: 'begins to watch the resource defined by',
  'nested-lookup': 'is a look-up inside a', 'nested-address': 'books an address inside a', 'same-worker': 'is the next thing its controller did', 'same-application': 'counts the pods of',
  k8ntext: 'was put here by the clusterer:',
}))

function short(text: string): string {
  const visible = visibleText(text)
  return visible.length > LONGEST_NAME ? `${visible.slice(0, LONGEST_NAME - 1)}…` : visible
}

function objectText(ref: TriggerObjectRef): string {
  const resource = ref.resource ?? 'object'
  const kind = ref.subresource === null ? '' : ` (${ref.subresource})`
  if (ref.name === null) return `${resource}${kind}${ref.namespace === null ? '' : ` in ${ref.namespace}`}`
  return `${singular(resource)}${kind} ${ref.namespace === null ? '' : `${ref.namespace}/`}${ref.name}`
}

function tally(following: Iterable<FollowingAction>): string {
  const counts = new Map<string, number>()
  let total = 0
  for (const { verb, resource, subresource } of following) {
    const key = `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    total++
  }
  const groups = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const shown = groups.slice(0, MOST_GROUPS)
  const rest = total - shown.reduce((sum, [, count]) => sum + count, 0)
  return [...shown.map(([key, count]) => `${count} × ${key}`), ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}

/** One sentence: `alice created deployment shop/web; 14 events followed: 6 × patch pods/status, ...`. Safe to print anywhere. */
export function describeContext(context: ContextRecord, following: Iterable<FollowingAction> = []): string {
  const { user, verb, objectRef } = context.trigger
  const did = PAST.get(verb ?? '') ?? `sent ${verb ?? 'a request'} for`
  const what = objectRef ? objectText(objectRef) : 'no API object'
  const count = context.events - 1
  const head = short(`${user ?? 'An unknown user'} ${did} ${what}`)
  if (count === 0) return `${head}; nothing followed.`
  const details = tally(following)
  return `${head}; ${count} event${count === 1 ? '' : 's'} followed${details === '' ? '' : `: ${short(details)}`}.`
}

/** One sentence for a link: `It acts on something owned by replicasets shop/web-7d (owner, certain to 99 %).` */
export function describeLink(link: Link): string {
  return `It ${REASONS.get(link.rule) ?? 'is linked by'} ${short(link.key)} (${short(link.rule)}, certain to ${Math.round(link.score * 100)} %).`
}
