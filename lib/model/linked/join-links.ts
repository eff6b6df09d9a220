import { SLOTS } from '@/lib/contexts/candidates'
import type { EventFacts } from '@/lib/contexts/facts'
import type { Linked } from '@/lib/contexts/link-events'
import { assemble, type Amendment } from '@/lib/contexts/reconstruct'
import type { Link, Reconstruction } from '@/lib/contexts/types'
import { classKey } from '../label-coder'
import type { LinkedPrediction } from './linked-decode'
import type { LinkedTable } from './linked-lines'

/** join: links first, the network where they say nothing; network: the network alone says what belongs to what. */
export type JoinMode = 'join' | 'network'

/** A line is a consequence where that is likelier than not. */
const FOLLOWS = 0.5
/** A label by the network's own words, with no trigger to show for it, must be surer: a wrong label costs a reader more than none. */
const WORDS = 0.5
/** A rule's evidence yields to a network that is surer than this of another action. */
const OVERRULES = 0.7

const WHERE: Readonly<Record<(typeof SLOTS)[number], string>> = {
  linked: 'what the rules point at', object: 'latest action on the object', chain: 'latest action on what explains the object', reference: 'latest action on what it speaks of', rival: 'what another rule points at',
  worker: 'what its sender was at work on', namespace: 'latest action in the namespace', latest: 'latest action of all',
}

/**
 * Joins what links and the network say. Evidence stands: a line that a rule links keeps its context, and its confidence says whether the network
 * agrees. A line that no rule reaches joins the context of the trigger that the network points at, or bears the network's own label.
 */
export function joinLinked(table: LinkedTable, predictions: readonly LinkedPrediction[], mode: JoinMode, overrules = OVERRULES): Reconstruction {
  const { sorted, events, linked } = table
  const contextOf = linked.contextOf.slice()
  const links: (readonly Link[])[] = [...linked.links]
  const amended = new Map<number, Amendment>()
  predictions.forEach((prediction, line) => {
    const index = table.eventOf[line] ?? -1
    const trigger = linked.contextOf[index] ?? -1
    if (trigger === index) return
    const linkedKey = classKey(events[trigger]?.label ?? null)
    if (mode === 'join' && trigger >= 0 && !overruled(prediction, linkedKey, overrules)) {
      amended.set(index, { confidence: agreed(linked.links[index]?.[0]?.score ?? 0, prediction, linkedKey) })
      return
    }
    contextOf[index] = -1
    links[index] = []
    if (prediction.follows < FOLLOWS || prediction.label === null) return
    const { slot, confidence, label } = prediction
    const pointed = slot < 0 ? -1 : table.candidates[line * SLOTS.length + slot] ?? -1
    if (pointed >= 0) {
      contextOf[index] = pointed
      links[index] = [{ rule: 'network', key: WHERE[SLOTS[slot] ?? 'linked'], to: events[pointed]?.auditID ?? '', score: confidence }]
      amended.set(index, { confidence })
    } else if (confidence >= WORDS) amended.set(index, { label, confidence })
  })
  const joined: Linked = { contextOf, links: leadingHome(events, contextOf, links) }
  return assemble(sorted, events, joined, amended)
}

/** Evidence may lead over a line that has since been given to another context: it then leads to the trigger itself. */
function leadingHome(events: readonly EventFacts[], contextOf: Int32Array, links: readonly (readonly Link[])[]): readonly (readonly Link[])[] {
  const places = new Map<string, number>()
  events.forEach(({ auditID }, index) => places.set(auditID, index))
  return links.map((own, index) => {
    const trigger = contextOf[index] ?? -1
    const astray = (link: Link): boolean => contextOf[places.get(link.to) ?? -1] !== trigger
    return own.some(astray) ? own.map((link) => (astray(link) ? { ...link, to: events[trigger]?.auditID ?? link.to } : link)) : own
  })
}

/** Whether the network is so sure of a trigger with another label that it is believed rather than the rule. */
function overruled({ label, confidence, slot, follows }: LinkedPrediction, linkedKey: string, overrules: number): boolean {
  return slot >= 0 && follows >= FOLLOWS && confidence >= overrules && classKey(label) !== linkedKey
}

/** How sure a linked line is: the surer of both where they agree, what the network leaves of it where they do not. */
function agreed(score: number, { label, confidence }: LinkedPrediction, linkedKey: string): number {
  return classKey(label) === linkedKey ? Math.max(score, confidence) : Math.min(score, 1 - confidence)
}
