import type { Cluster, LabelledFacts } from '@/lib/contexts/cluster'
import type { EventFacts } from '@/lib/contexts/facts'

/** An action of the October 2024 clusterer: a context founded by the first trigger of its key. */
interface Action extends Cluster {
  readonly facts: EventFacts
  readonly name: string
  readonly namespace: string
  readonly owner: { readonly name: string | null; readonly uid: string | null } | null
  /** `get namespaces` hands each action out once. */
  used: boolean
}

function ownerOf(facts: EventFacts): Action['owner'] {
  return facts.references.find((one) => one.relation === 'owner') ?? null
}

function namespaceOf(facts: EventFacts): string {
  return facts.resource === 'namespaces' ? facts.refName ?? '' : facts.namespace
}

/** label % namespace % (owner's uid, else name), or label % user where both are empty. */
function actionKey({ facts, key }: LabelledFacts): string {
  const namespace = namespaceOf(facts)
  const object = ownerOf(facts)?.uid ?? facts.name ?? ''
  return namespace === '' && object === '' ? `${key}%${facts.user}` : `${key}%${namespace}%${object}`
}

function found(member: LabelledFacts): Action {
  const { facts } = member
  return { members: [], why: [], facts, name: facts.name ?? '', namespace: namespaceOf(facts), owner: ownerOf(facts), used: false }
}

/** The authors' way to a StatefulSet's name in `claim-set-0`. */
function secondPart(name: string): string {
  return name.split('-')[1] ?? ''
}

function involvedName(facts: EventFacts): string | null {
  return facts.references.find((one) => one.relation === 'involved')?.name ?? null
}

function byOwner(facts: EventFacts, action: Action): boolean {
  const owner = ownerOf(facts)
  if (owner) return (owner.uid !== null && owner.uid === action.facts.uid) || (action.name !== '' && owner.name?.startsWith(action.name) === true)
  if (!action.owner || facts.name === null) return false
  return (action.owner.uid !== null && action.owner.uid === facts.uid) || action.owner.name?.startsWith(facts.name) === true
}

function byNamespaceRead(facts: EventFacts, action: Action): boolean {
  if (facts.resource !== 'namespaces' || facts.verb !== 'get' || action.used) return false
  if (action.facts.user !== facts.user || action.namespace !== namespaceOf(facts)) return false
  action.used = true
  return true
}

function byInvolved(facts: EventFacts, action: Action): boolean {
  const name = involvedName(facts)
  return name !== null && name !== '' && (name === action.name || name === action.owner?.name)
}

function byPrefix(facts: EventFacts, action: Action): boolean {
  if (facts.name === null || facts.name === '' || action.name === '') return false
  return facts.name.startsWith(action.name) || action.name.startsWith(facts.name)
}

function byNamespace(facts: EventFacts, action: Action): boolean {
  const changes = action.facts.verb === 'create' || action.facts.verb === 'delete'
  return action.facts.resource === 'namespaces' && changes && facts.namespace !== '' && facts.namespace === action.name
}

function byVolume(facts: EventFacts, action: Action): boolean {
  if (action.name === '') return false
  if (facts.resource === 'persistentvolumeclaims') return action.facts.resource === 'statefulsets' && secondPart(facts.name ?? '') === action.name
  if (facts.resource !== 'persistentvolumes') return false
  const claim = facts.references.find((one) => one.relation === 'claim')?.name ?? ''
  return claim === action.name || (action.facts.resource === 'statefulsets' && secondPart(claim) === action.name)
}

const RULES: readonly (readonly [why: string, matches: (facts: EventFacts, action: Action) => boolean])[] = [
  ['equal name', (facts, action) => facts.name !== null && facts.name !== '' && facts.name === action.name],
  ['owner', byOwner],
  ['namespace read', byNamespaceRead],
  ['involved object', byInvolved],
  ['name prefix', byPrefix],
  ['namespace', byNamespace],
  ['volume', byVolume],
  ['part of the involved name', (facts, action) => action.name !== '' && secondPart(involvedName(facts) ?? '') === action.name],
]

function assign(member: LabelledFacts, actions: readonly Action[]): void {
  const join = (action: Action, why: string): void => {
    action.members.push(member)
    action.why.push(why)
  }
  const only = actions.length === 1 ? actions[0] : undefined
  if (only) return join(only, 'the only action of its label')
  for (const [why, matches] of RULES) {
    const action = actions.find((candidate) => matches(member.facts, candidate))
    if (action) return join(action, why)
  }
}

/**
 * The clusterer of the authors' October 2024 artifact, the one that the paper evaluates: actions by key, then the first rule that
 * matches. Triggers with equal keys share a context, and what no rule reaches stays in none, as in the original.
 */
export function clusterOct2024(members: readonly LabelledFacts[]): Cluster[] {
  const actions = new Map<string, Map<string, Action>>()
  const own = new Map<LabelledFacts, Action>()
  for (const member of members) {
    if (!member.trigger) continue
    const ofLabel = actions.get(member.key) ?? new Map<string, Action>()
    const key = actionKey(member)
    const action = ofLabel.get(key) ?? found(member)
    actions.set(member.key, ofLabel.set(key, action))
    own.set(member, action)
  }
  for (const member of members) {
    const action = own.get(member)
    if (action) {
      action.members.push(member)
      action.why.push('trigger of the action')
    } else assign(member, [...(actions.get(member.key)?.values() ?? [])])
  }
  return [...actions.values()].flatMap((ofLabel) => [...ofLabel.values()])
}
