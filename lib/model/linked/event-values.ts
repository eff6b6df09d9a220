import type { AuditEvent } from '@/lib/audit/event'
import type { EventFacts } from '@/lib/contexts/facts'
import { isEffective } from '@/lib/contexts/effects'
import { isApiServer, isNode } from '@/lib/contexts/actors'
import type { Reference, Relation } from '@/lib/contexts/reference'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { featureRow } from '@/lib/features/feature-row'
import { countBucket } from './buckets'

/**
 * The paper's features that hold on another cluster. Left out: names (requestObject.metadata.namespace), versions, which
 * change with every upgrade, and those that are null on every event.
 */
const KEPT: readonly string[] = [
  'annotations.authorization.k8s.io/decision', 'objectRef.apiGroup', 'objectRef.namespace', 'objectRef.resource', 'objectRef.subresource',
  'requestObject.kind', 'requestObject.spec.volumeMode', 'requestObject.volumeBindingMode', 'responseObject.count',
  'responseObject.involvedObject.kind', 'responseObject.involvedObject.namespace', 'responseObject.kind', 'responseObject.metadata.namespace',
  'responseObject.reason', 'responseObject.reportingComponent', 'responseObject.source.component', 'responseObject.spec.volumeMode',
  'responseObject.type', 'responseStatus.code', 'user.groups[0]', 'user.groups[1]', 'user.groups[2]', 'userAgent.extra', 'userAgent.tool',
]
const PLACES = KEPT.map((name) => PAPER_FEATURES.indexOf(name))

/** What the paper's features miss: the exact verb, who sent it, and what the log shows of the object. */
const FURTHER = [
  'verb', 'sender', 'place', 'effective', 'named', 'body', 'answer', 'dryRun', 'owner', 'involved', 'bound', 'references', 'own.resource', 'own.action',
] as const

/** Names of the values that an event has by itself, as `eventValues` gives them. */
export const EVENT_FEATURES: readonly string[] = [...KEPT, ...FURTHER]

const SYSTEM = /^system:/

/** Groups are named by an organisation unless Kubernetes named them. */
function general(name: string, value: string | null): string | null {
  if (value === null) return null
  if (name.startsWith('user.groups')) return SYSTEM.test(value) && !value.startsWith('system:serviceaccounts:') ? value : value === 'system:serviceaccounts:kube-system' ? value : 'other'
  return name === 'responseObject.count' ? countBucket(value) : value
}

function sender(facts: EventFacts): string {
  if (facts.controller !== null) return facts.controller
  if (isNode(facts.user)) return 'node'
  if (isApiServer(facts.user)) return 'apiserver'
  if (facts.external) return facts.user.startsWith('system:serviceaccount:') ? 'account' : facts.user === 'system:anonymous' || facts.user === '' ? 'anonymous' : 'person'
  return SYSTEM.test(facts.user) && !facts.user.startsWith('system:serviceaccount:') ? facts.user : 'system'
}

function place(namespace: string): string {
  if (namespace === '') return '-'
  return namespace === 'kube-system' || namespace === 'kube-node-lease' || namespace === 'kube-public' || namespace === 'default' ? namespace : 'other'
}

function referred(references: readonly Reference[], relation: Relation): string | null {
  return references.find((reference) => reference.relation === relation)?.resource ?? null
}

const flag = (value: unknown): string => (value ? '1' : '0')

/** The categories of one event by `EVENT_FEATURES`; null is missing. Names of users, namespaces and objects are never among them. */
export function eventValues(event: AuditEvent, facts: EventFacts): (string | null)[] {
  const row = featureRow(event)
  const { references, label } = facts
  const kept = PLACES.map((at, i) => general(KEPT[i] ?? '', row[at] ?? null))
  return [
    ...kept,
    facts.verb, sender(facts), place(facts.namespace), flag(isEffective(facts)), flag(facts.name !== null), flag(facts.hasBody), flag(facts.hasAnswer), flag(facts.dryRun),
    referred(references, 'owner'), referred(references, 'involved'), referred(references, 'bound'),
    [...new Set(references.map((reference) => reference.relation))].sort().join(' ') || null,
    label && `${label.group}/${label.resource}/${label.subresource}`, label && actionOf(label),
  ]
}

/** Verb class and scope of a label: `create 1 1`. */
export function actionOf(label: { readonly verb: string; readonly namespaced: boolean; readonly single: boolean }): string {
  return `${label.verb} ${flag(label.namespaced)} ${flag(label.single)}`
}
