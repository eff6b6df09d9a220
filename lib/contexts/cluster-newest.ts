import type { Cluster, LabelledFacts } from '@/lib/contexts/cluster'
import type { EventFacts } from '@/lib/contexts/facts'

/** The newest published scores (K8NTEXT repository, facts of its clusterer): rules add up, a context takes an event from 60 on. */
const SCORE = {
  username: 30, verb: 30, sameObject: 100, ownsMember: 80, ownedByMember: 80, involved: 60, claim: 60, claimIsMember: 60, namespaceLimits: 90, namespaceEmptied: 95,
} as const
const THRESHOLD = 60
const WINDOW_MICROS = 300 * 1_000_000
const WINDOW_EVENTS = 1000

interface Seeded extends Cluster {
  readonly at: number
  readonly verb: string
  readonly users: Set<string>
  readonly objects: Set<string>
  readonly names: Set<string>
  readonly namespaces: Set<string>
  readonly uids: Set<string>
  readonly owners: Set<string>
  readonly involved: Set<string>
  readonly claims: Set<string>
}

const objectKey = (resource: string, namespace: string, name: string | null): string => `${resource}\u0000${namespace}\u0000${name ?? ''}`
const nameKey = (namespace: string, name: string | null): string => `${namespace}\u0000${name ?? ''}`

/** Namespace requests carry their own name as namespace in the log. */
function placeOf(facts: EventFacts): string {
  return facts.resource === 'namespaces' ? facts.refName ?? '' : facts.namespace
}

function referencesOf(facts: EventFacts, relation: 'involved' | 'claim'): string[] {
  const resource = relation === 'claim' ? 'persistentvolumeclaims' : null
  return facts.references
    .filter((one) => one.relation === relation && (resource === null || (one.resource === resource && facts.resource === 'persistentvolumes')))
    .map((one) => (relation === 'claim' ? nameKey(one.namespace, one.name) : objectKey(one.resource, one.namespace, one.name)))
}

function ownersOf(facts: EventFacts): string[] {
  return facts.references.filter((one) => one.relation === 'owner').map((one) => one.uid).filter((uid) => uid !== null)
}

function found(member: LabelledFacts): Seeded {
  const cluster: Seeded = {
    members: [], why: [], at: member.facts.at, verb: member.facts.verb, users: new Set(), objects: new Set(), names: new Set(), namespaces: new Set(),
    uids: new Set(), owners: new Set(), involved: new Set(), claims: new Set(),
  }
  join(cluster, member, 'founds the context')
  return cluster
}

function join(cluster: Seeded, member: LabelledFacts, why: string): void {
  const { facts } = member
  const place = placeOf(facts)
  cluster.members.push(member)
  cluster.why.push(why)
  cluster.users.add(facts.user)
  cluster.objects.add(objectKey(facts.resource, place, facts.refName))
  cluster.names.add(nameKey(place, facts.refName))
  if (place !== '') cluster.namespaces.add(place)
  if (facts.uid !== null) cluster.uids.add(facts.uid)
  for (const uid of ownersOf(facts)) cluster.owners.add(uid)
  for (const key of referencesOf(facts, 'involved')) cluster.involved.add(key)
  for (const key of referencesOf(facts, 'claim')) cluster.claims.add(key)
  if (facts.resource !== 'namespaces' || facts.refName === null) return
  if (facts.verb === 'create') cluster.objects.add(objectKey('limitranges', facts.refName, null))
  if (facts.verb === 'delete') cluster.objects.add(objectKey('namespaces', facts.refName, null))
}

function scoreNamespace(cluster: Seeded, facts: EventFacts): number {
  const place = placeOf(facts)
  let score = 0
  if (facts.user === 'system:apiserver' && facts.verb === 'list' && facts.resource === 'limitranges') {
    const person = [...cluster.users].some((user) => !user.startsWith('system:'))
    if (person && cluster.namespaces.has(place)) score += SCORE.namespaceLimits
  }
  const empties = (facts.verb === 'deletecollection' || facts.verb === 'get') && facts.resource !== 'namespaces'
  if (empties && cluster.objects.has(objectKey('namespaces', place, null))) score += SCORE.namespaceEmptied
  return score
}

function scoreOf(cluster: Seeded, { facts }: LabelledFacts): number {
  const claims = referencesOf(facts, 'claim')
  let score = scoreNamespace(cluster, facts)
  if (cluster.users.has(facts.user)) score += SCORE.username
  if (cluster.verb === facts.verb) score += SCORE.verb
  if (cluster.objects.has(objectKey(facts.resource, placeOf(facts), facts.refName))) score += SCORE.sameObject
  if (facts.uid !== null && cluster.owners.has(facts.uid)) score += SCORE.ownsMember
  if (ownersOf(facts).some((uid) => cluster.uids.has(uid))) score += SCORE.ownedByMember
  if (referencesOf(facts, 'involved').some((key) => cluster.involved.has(key))) score += SCORE.involved
  if (claims.some((key) => cluster.claims.has(key))) score += SCORE.claim
  if (claims.some((key) => cluster.names.has(key))) score += SCORE.claimIsMember
  return score
}

function windowsOf(members: readonly LabelledFacts[]): LabelledFacts[][] {
  const windows: LabelledFacts[][] = []
  let open: LabelledFacts[] = []
  for (const member of members) {
    const anchor = open[0]
    if (anchor && (member.facts.at - anchor.facts.at > WINDOW_MICROS || open.length >= WINDOW_EVENTS)) open = []
    if (open.length === 0) windows.push(open)
    open.push(member)
  }
  return windows
}

function place(clusters: Seeded[], member: LabelledFacts): void {
  let best: Seeded | null = null
  let bestScore = THRESHOLD - 1
  for (const cluster of clusters) {
    const score = scoreOf(cluster, member)
    const nearer = best !== null && score === bestScore && Math.abs(cluster.at - member.facts.at) < Math.abs(best.at - member.facts.at)
    if (score > bestScore || nearer) [best, bestScore] = [cluster, score]
  }
  if (best) join(best, member, `score ${bestScore}`)
  else clusters.push(found(member))
}

function clusterWindow(members: readonly LabelledFacts[]): Seeded[] {
  const clusters = members.filter((member) => member.trigger).map(found)
  for (const member of members) if (!member.trigger) place(clusters, member)
  return clusters
}

/** Groups events of one label at a time, in windows of 300 s and 1,000 events; every trigger seeds a context of its own. */
export function clusterNewest(members: readonly LabelledFacts[]): Cluster[] {
  const byLabel = new Map<string, LabelledFacts[]>()
  for (const member of members) {
    const list = byLabel.get(member.key)
    if (list) list.push(member)
    else byLabel.set(member.key, [member])
  }
  return [...byLabel.values()].flatMap((list) => windowsOf(list).flatMap(clusterWindow))
}
