import { shuffled } from '@/lib/model/random'

/** What the queue knows of a request that nobody has labelled yet. */
export interface QueuedRequest {
  /** Index of the request. */
  readonly request: number
  /** Vote entropy, or whatever tells what a model would learn from it: the more the higher, 0 for nothing. */
  readonly uncertainty: number
  /** Requests of one kind are much alike: see `request-kind.ts`. */
  readonly kind: string
}

export interface QueueOptions {
  /** How many to put in order; all of them unless told. */
  readonly count?: number
  readonly seed: number
}

/** Every so manieth place goes to a request drawn at random, so that what the model is wrongly sure of is met too. */
export const RANDOM_EVERY = 10

/**
 * The order in which labels teach a model most: by uncertainty, where the n-th request of one kind counts an n-th of its own, so that a hundred copies of
 * one line do not fill the queue; each tenth place is drawn at random from all that remain. Each request comes once. The same input and seed give the
 * same order, whatever the order of the input.
 */
export function queueOrder(requests: readonly QueuedRequest[], { count = requests.length, seed }: QueueOptions): number[] {
  const byPlace = [...requests].sort((a, b) => a.request - b.request)
  const wanted = discounted(byPlace)
  const drawn = shuffled(Int32Array.from(byPlace, ({ request }) => request), seed, 'shuffle', QUEUE_ROUND)
  const taken = new Set<number>()
  let [next, draw] = [0, 0]
  const most = Math.min(count, byPlace.length)
  while (taken.size < most) {
    if (taken.size % RANDOM_EVERY === RANDOM_EVERY - 1) {
      while (taken.has(drawn[draw] as number)) draw++
      taken.add(drawn[draw] as number)
    } else {
      while (taken.has(wanted[next] as number)) next++
      taken.add(wanted[next] as number)
    }
  }
  return [...taken]
}

/** Keeps the queue's draws apart from those of training. */
const QUEUE_ROUND = 0x71756575

/** Requests by what is left of their uncertainty beside the more uncertain ones of their kind. */
function discounted(requests: readonly QueuedRequest[]): number[] {
  const sorted = [...requests].sort((a, b) => b.uncertainty - a.uncertainty || a.request - b.request)
  const met = new Map<string, number>()
  const scored = sorted.map(({ request, uncertainty, kind }) => {
    const before = met.get(kind) ?? 0
    met.set(kind, before + 1)
    return { request, score: Math.max(0, uncertainty) / (1 + before) }
  })
  return scored.sort((a, b) => b.score - a.score || a.request - b.request).map(({ request }) => request)
}
