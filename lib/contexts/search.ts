import type { LinkerState, Seed } from '@/lib/contexts/linker-state'

/** A trigger that explains an event, and the first step towards it. */
export interface Found {
  readonly trigger: number
  readonly relation: string
  readonly node: number
  readonly depth: number
}

interface Step {
  readonly node: number
  readonly depth: number
  /** The object that evidence names: the event's own at depth 0, else the first one on the way. */
  readonly hop: number
  readonly relation: string
  /** Relation of the edge that led here. */
  readonly last: string
}

const DEEPEST = 8
/** How long a controller counts as at work on a change of its object. Measured: a second more or less costs half a point of B-cubed F1. */
const FRESH_MICROS = 3_000_000
/** How long a touched child keeps to its own trigger while siblings are touched too. */
const SIBLING_MICROS = 5_000_000
/** An object this old when something beside it was removed is none of the replacements. */
const SETTLED_MICROS = 30_000_000

/** Everything that may explain the seeds: themselves, the uid behind a name, and their parents, nearest first. */
export function closure(state: LinkerState, seeds: readonly Seed[], deepest = DEEPEST): Step[] {
  const seen = new Set<number>()
  const steps: Step[] = []
  const visit = (step: Step, exact = false): void => {
    if (seen.has(step.node)) return
    seen.add(step.node)
    steps.push(step)
    if (exact) return
    const twin = Math.max(state.graph.uidOf(step.node), state.graph.nameOf(step.node))
    if (twin >= 0) visit({ ...step, node: twin })
  }
  for (const { node, relation, exact, depth } of seeds) visit({ node, depth: depth ?? 0, hop: node, relation, last: relation }, exact)
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]
    if (!step || step.depth >= deepest) continue
    for (const edge of state.graph.parents(step.node) ?? []) {
      const first = step.depth === 0 && step.relation === 'own'
      visit({ node: edge.to, depth: step.depth + 1, hop: first ? edge.to : step.hop, relation: first ? edge.relation : step.relation, last: edge.relation })
    }
  }
  return steps
}

/** Latest trigger on the seeds themselves, -1 if none. */
export function directTrigger(state: LinkerState, seeds: readonly Seed[], event: number): number {
  let latest = -1
  for (const { node, depth } of closure(state, seeds, 0)) if (depth === 0) latest = Math.max(latest, state.direct.latest(node, event))
  return latest
}

/**
 * Whether a trigger on an object itself still outweighs a later one on something below or beside it: its controller is at work on
 * the first, and the client has not gone on to other things.
 */
export function isFresh(state: LinkerState, seeds: readonly Seed[], direct: number, event: number): boolean {
  if (direct < 0 || state.elapsed(direct, event) > FRESH_MICROS) return false
  return state.recentOn(applicationOf(state, seeds)).includes(direct)
}

/** A child that was itself touched keeps to that, for as long as its siblings' fate may still reach it through their owner. */
function outweighs(state: LinkerState, seeds: readonly Seed[], direct: number, event: number, depth: number): boolean {
  if (depth === 0) return isFresh(state, seeds, direct, event)
  if (direct < 0 || state.elapsed(direct, event) >= SIBLING_MICROS) return false
  // what has been made anew under its name since is a replacement like any other
  return !seeds.some(({ node, relation }) => relation === 'bound' && state.graph.birth(node) > direct)
}

/** Index at which the seeds' object came to be, or was first met; -1 if never. */
function since(state: LinkerState, steps: readonly Step[]): number {
  let latest = -1
  for (const { node, depth } of steps) if (depth === 0) latest = Math.max(latest, state.graph.birth(node), state.graph.firstMet(node))
  return latest
}

/** What an application's objects have in common: the release that they are labelled with, else the name of the topmost owner. */
export function applicationOf(state: LinkerState, seeds: readonly Seed[]): string {
  let text = ''
  for (const step of closure(state, seeds)) {
    if (step.depth > 0 && step.last !== 'owner' && step.last !== 'generated-name') continue
    const instance = state.instances.get(step.node)
    if (instance !== undefined) return instance
    text = state.graph.placeOf(step.node) ?? text
  }
  return text
}

/** The latest effective trigger on the chain of the seeds, as seen at `event`. */
export function latestTrigger(state: LinkerState, seeds: readonly Seed[], event: number): Found | null {
  if (seeds.length === 0) return null
  const steps = closure(state, seeds)
  const direct = directTrigger(state, seeds, event)
  const began = since(state, steps)
  let best: Found | null = null
  const offer = (trigger: number, { relation, hop, depth }: Step): void => {
    if (trigger >= 0 && (best === null || trigger > best.trigger)) best = { trigger, relation, node: hop, depth }
  }
  for (const step of steps) {
    offer(state.direct.latest(step.node, event), step)
    const below = state.below.latest(step.node, event)
    const settled = step.depth > 0 && began >= 0 && below > began && state.elapsed(began, below) > SETTLED_MICROS
    if (below >= 0 && !settled && !outweighs(state, seeds, direct, event, step.depth)) offer(below, step)
  }
  return best
}
