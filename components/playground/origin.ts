import type { ReconstructedRecord } from '@/lib/contexts/types'
import type { Guess } from './protocol'

export const ORIGINS = ['links', 'agree', 'disagree', 'network', 'none'] as const
/**
 * Where a line's label comes from. `links`: evidence, no network asked; `agree` and `disagree`: evidence, and what the
 * network says beside it; `network`: the network alone; `none`: the line has no label.
 */
export type Origin = (typeof ORIGINS)[number]

/** Below this a word of links or network is told as uncertain. */
export const LEAST_SURE = 0.8

/** The link by which a network ties a line to a trigger it points at. */
export const NETWORK_RULE = 'network'

/** Tells whose word a line's label is, from its record after links and network are joined and its label before. */
export function originOf(joined: ReconstructedRecord, labels: { readonly final: string | null; readonly linked: string | null }, guess: Guess | null): Origin {
  if (joined.role === 'nonresource' || labels.final === null) return 'none'
  if (labels.linked === null || joined.links[0]?.rule === NETWORK_RULE) return 'network'
  if (!guess?.label) return 'links'
  return guess.label === labels.final ? 'agree' : 'disagree'
}

/** Whether a reader may rely on it: its source trusts it enough, and no other source contradicts it with force. */
export function isCertain(origin: Origin, linkScore: number | null, guess: Guess | null): boolean {
  const network = guess?.confidence ?? null
  if (origin === 'network') return network !== null && network >= LEAST_SURE
  if (origin === 'agree') return Math.max(linkScore ?? 0, network ?? 0) >= LEAST_SURE
  if (origin === 'disagree') return (linkScore ?? 0) >= LEAST_SURE && (network ?? 0) < LEAST_SURE
  if (origin === 'links') return (linkScore ?? 0) >= LEAST_SURE
  // No label: the network would have given one, had it been a little surer.
  return guess === null || guess.own || guess.label === null
}

/** One clause for a reader. */
export function originText(origin: Origin, guess: Guess | null, rule: string | null = null): string {
  const links = rule === 'trigger' ? 'its own action, as the trigger' : 'by links'
  const sure = guess ? guess.confidence.toFixed(2) : ''
  if (origin === 'links') return links
  if (origin === 'agree') return `${links}; the network agrees (${sure})`
  if (origin === 'disagree') return `${links}; the network says ${guess?.label ?? 'otherwise'} (${sure})`
  if (origin === 'network') return `by the network alone (${sure})`
  if (!guess) return 'no link reaches it'
  if (guess.own) return `its own action, the network says too (${sure})`
  return guess.label ? `none; the network leans to ${guess.label} (${sure})` : 'none'
}
