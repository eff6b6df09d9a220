import { actorOf } from './names'
import type { OpenPicture } from './open-picture'

/** An actor's requests in order of time. */
export interface Lane { readonly actor: string; readonly requests: Int32Array; readonly times: Float64Array; readonly others: number }

/** The verbs that have a colour of their own, in the order of their bars; all others are `other`. */
export const LANE_VERBS = ['create', 'update', 'patch', 'delete', 'get', 'list', 'watch', 'other'] as const

export function verbPlace(verb: string | null): number {
  const place = LANE_VERBS.indexOf((verb === 'deletecollection' ? 'delete' : verb) as (typeof LANE_VERBS)[number])
  return place < 0 ? LANE_VERBS.length - 1 : place
}

/** One lane an actor, the trigger's first, then by first appearance; beyond `most` the rest share one. Requests without a time are in none. */
export function lanesOf(picture: OpenPicture, most: number): Lane[] {
  const lanes = new Map<string, number[]>()
  if (picture.trigger >= 0) lanes.set(actorOf(picture, picture.trigger), [])
  for (let request = 0; request < picture.requests; request++) {
    if (Number.isNaN(picture.after[request] ?? Number.NaN)) continue
    const actor = actorOf(picture, request)
    const lane = lanes.get(actor)
    if (lane) lane.push(request)
    else lanes.set(actor, [request])
  }
  const all = [...lanes].filter(([, requests]) => requests.length > 0)
  const kept = all.length > most ? all.slice(0, most - 1) : all
  const rest = all.slice(kept.length)
  const made = kept.map(([actor, requests]) => lane(picture, actor, requests, 0))
  return rest.length === 0 ? made : [...made, lane(picture, `${rest.length.toLocaleString('en')} others`, rest.flatMap(([, requests]) => requests), rest.length)]
}

function lane(picture: OpenPicture, actor: string, requests: number[], others: number): Lane {
  const sorted = Int32Array.from(requests).sort((a, b) => (picture.after[a] ?? 0) - (picture.after[b] ?? 0) || a - b)
  return { actor, requests: sorted, times: Float64Array.from(sorted, (request) => picture.after[request] ?? 0), others }
}

/** All times in order. */
export function timesOf(picture: OpenPicture): Float64Array {
  return picture.after.filter((value) => !Number.isNaN(value)).sort()
}
