import { adopt, adoptCustom } from '@/lib/contexts/adopt'
import { isCreation } from '@/lib/contexts/creation'
import type { EventFacts } from '@/lib/contexts/facts'
import { isCustom } from '@/lib/contexts/kinds'
import { pushRecent, type LinkerState, type Seed } from '@/lib/contexts/linker-state'
import { isNode, nodeName } from '@/lib/contexts/actors'
import type { Reference, Relation } from '@/lib/contexts/reference'

/** Edges from the event's object to what it names. */
const UPWARD = new Set<Relation>(['owner', 'service', 'backend', 'parent', 'account', 'volume'])
/** Edges from what it names to the event's object: a claim is explained by the pod that uses it. */
const DOWNWARD = new Set<Relation>(['template', 'establishes'])

/** What admission adds to a pod after it was asked for: only an answer's body shows it. */
const INJECTED = ['configmaps kube-root-ca.crt', 'serviceaccounts default']

/** The event's own object: its name node and its uid node, whichever are known. */
export function ownSeeds(state: LinkerState, facts: EventFacts): Seed[] {
  const seeds: Seed[] = []
  let uid = facts.uid
  if (facts.name !== null) {
    const name = state.graph.ofName(facts.group, facts.resource, facts.namespace, facts.name)
    seeds.push({ node: name, relation: 'own' })
    if (uid === null && state.graph.uidOf(name) >= 0) {
      seeds.push({ node: state.graph.uidOf(name), relation: 'own' })
      return seeds
    }
    if (uid !== null) state.graph.identify(name, state.graph.ofUid(uid))
  }
  if (uid !== null) seeds.push({ node: state.graph.ofUid(uid), relation: 'own' })
  return seeds
}

function connect(state: LinkerState, own: readonly Seed[], reference: Reference): void {
  const { relation, resource } = reference
  const other = state.nodeOf(reference)
  if (other < 0) return
  const upward = UPWARD.has(relation) || (relation === 'claim' && resource === 'persistentvolumeclaims' && isVolume(state, own))
  for (const { node } of own) {
    if (upward) state.graph.connect(node, other, relation)
    else if (DOWNWARD.has(relation) || relation === 'claim') state.graph.connect(other, node, relation)
  }
}

function isVolume(state: LinkerState, own: readonly Seed[]): boolean {
  return own.some(({ node }) => state.graph.describe(node).startsWith('persistentvolumes '))
}

function learnPod(state: LinkerState, facts: EventFacts, pod: number): void {
  const uses = new Set<string>()
  for (const { relation, resource, name } of facts.references) {
    if (relation === 'node' && name !== null) place(state, pod, name, facts.namespace)
    else if ((relation === 'uses' || relation === 'claim') && name !== null) uses.add(`${resource} ${name}`)
  }
  if (isNode(facts.user)) place(state, pod, nodeName(facts.user), facts.namespace)
  if (facts.verb === 'create' && facts.subresource === '' && !facts.hasBody && (facts.code ?? 200) < 400) state.blindNamespaces.add(facts.namespace)
  if (facts.verb === 'delete' && isNode(facts.user)) state.gonePods.add(pod)
  if (facts.subresource === 'binding') {
    state.gonePods.delete(pod)
    pushRecent(state.bound, facts.namespace, pod)
    return
  }
  if (facts.labels === null && uses.size === 0) return
  if (!facts.hasAnswer) for (const injected of INJECTED) uses.add(injected)
  state.usedByPod.set(pod, uses)
  if (facts.labels === null || state.podLabels.has(pod)) return
  state.podLabels.set(pod, facts.labels)
  for (const pair of facts.labels) pushRecent(state.podsByLabel, `${facts.namespace} ${pair}`, pod)
}

function place(state: LinkerState, pod: number, node: string, namespace: string): void {
  if (state.nodeOfPod.get(pod) === node) return
  state.nodeOfPod.set(pod, node)
  pushRecent(state.placed, `${node} ${namespace}`, pod)
}

/** An object that the log has only heard of, by a report on it. */
function meet(state: LinkerState, { group, resource, namespace, name }: Reference): void {
  if (name !== null) adopt(state, { resource, namespace, name }, state.graph.ofName(group, resource, namespace, name))
}

const MOST_CLAIMS = 256

/** Without bodies a provisioner's volume names no claim (`pvc-` and an uid never seen): claims are served in the order they were made. */
function learnClaim(state: LinkerState, { resource, external, name }: EventFacts, node: number): void {
  if (resource === 'persistentvolumeclaims') {
    state.openClaims.push(node)
    if (state.openClaims.length > MOST_CLAIMS) state.openClaims.shift()
  } else if (resource === 'persistentvolumes' && !external && name?.startsWith('pvc-')) {
    const claim = state.openClaims.shift()
    if (claim !== undefined) state.graph.connect(node, claim, 'claim')
  }
}

function learnReport(state: LinkerState, { references }: EventFacts, name: number): void {
  const about = references.filter(({ relation, resource }) => relation === 'involved' && resource !== 'nodes')
  if (about.length > 0) state.reports.set(name, about.flatMap((reference) => state.seeds(reference)))
}

/** Takes in what an event tells about objects, whoever sent it. */
export function learn(state: LinkerState, index: number, own: readonly Seed[]): void {
  const facts = state.fact(index)
  const name = facts.name === null ? -1 : own[0]?.node ?? -1
  for (const { node } of own) state.graph.meet(node, index)
  for (const reference of facts.references) {
    connect(state, own, reference)
    if (reference.relation === 'involved') meet(state, reference)
  }
  if (isCreation(facts)) for (const { node } of own) state.graph.born(node, index)
  if (name < 0) return
  if (facts.instance !== null) state.instances.set(name, `release ${facts.namespace}/${facts.instance}`)
  if (facts.hasBody) state.graph.know(name)
  else if (facts.name !== null) adopt(state, { resource: facts.resource, namespace: facts.namespace, name: facts.name }, name)
  if (isCustom(facts.group)) state.customs.set(`${facts.namespace} ${facts.name ?? ''}`, name)
  else if (!facts.hasBody && !facts.external && isCreation(facts)) adoptCustom(state, { resource: facts.resource, namespace: facts.namespace, name: facts.name ?? '' }, name)
  if (!facts.hasBody && isCreation(facts)) learnClaim(state, facts, name)
  if (facts.resource === 'events') learnReport(state, facts, name)
  if (facts.resource === 'clusterroles') state.roleLabels.set(name, facts.labels ?? state.roleLabels.get(name) ?? null)
  if (facts.resource === 'pods') learnPod(state, facts, name)
  if (facts.selector !== null) state.selectors.set(name, facts.selector)
  if (facts.resource !== 'horizontalpodautoscalers') return
  for (const reference of facts.references) {
    if (reference.relation !== 'target' || reference.name === null) continue
    const target = state.graph.ofName(reference.group, reference.resource, reference.namespace, reference.name)
    state.scalers.set(target, (state.scalers.get(target) ?? new Set()).add(name))
  }
}
