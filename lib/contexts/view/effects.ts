import { actionOf, actorOf, objectOf } from './names'
import type { OpenPicture } from './open-picture'

/** Requests of one action that follow from the same ones: "patch pods/status × 6". */
export interface Effect {
  readonly id: number
  /** -1 at the top. */
  readonly parent: number
  readonly depth: number
  readonly action: string
  readonly verb: string | null
  /** In order of time. */
  readonly members: readonly number[]
  readonly children: readonly number[]
  readonly actors: readonly string[]
  readonly failed: number
  readonly uncertain: number
}

export interface Effects {
  /** Each comes after its parent; the first is the trigger's. */
  readonly list: readonly Effect[]
  /** The effect of each request. */
  readonly of: Int32Array
  /** The request that each follows from, -1 for the trigger. */
  readonly cause: Int32Array
}

/** Actors that an effect names; the others are counted. */
const MOST_ACTORS = 64

/**
 * What each request follows from, as a reader would say it: the creation of the object it acts on; of the object its strongest
 * link names; else the earlier request that this link points at; the trigger, where none of these is in the context. A link alone
 * points at whatever touched an object last, so that a pod would hang below a status. Causes are earlier: they never run in a circle.
 */
export function causesOf(picture: OpenPicture): Int32Array {
  const top = Math.max(0, picture.trigger)
  const cause = new Int32Array(picture.requests)
  const made = new Map<string, number>()
  for (let request = 0; request < picture.requests; request++) {
    const own = `${picture.text('resource', request)} ${objectOf(picture, request)}`
    if (request === top) cause[request] = -1
    else {
      const links = picture.links(request)
      cause[request] = made.get(own) ?? made.get(links[0]?.key ?? '') ?? links.find(({ to }) => to >= 0 && to < request)?.to ?? top
    }
    if (request === top || (picture.text('verb', request) === 'create' && picture.text('subresource', request) === null && !picture.failed(request) && !made.has(own))) made.set(own, request)
  }
  return cause
}

interface Growing { id: number; parent: number; depth: number; action: string; verb: string | null; members: number[]; children: number[]; actors: Set<string>; failed: number; uncertain: number }

/**
 * The context as a tree by cause, with siblings of one action folded. What repeats on a chain (a status that is patched again
 * after every change) is folded into its first, so that the tree is never deeper than there are actions.
 */
export function effectsOf(picture: OpenPicture): Effects {
  const cause = causesOf(picture)
  const of = new Int32Array(picture.requests).fill(-1)
  const list: Growing[] = []
  const known = new Map<string, number>()
  const add = (request: number): void => {
    const action = actionOf(picture, request)
    const parent = cause[request] === -1 ? -1 : (of[cause[request] ?? -1] ?? -1)
    const id = ancestorWith(list, parent, action) ?? known.get(`${parent} ${action}`) ?? create(list, parent, action, picture.text('verb', request))
    const effect = list[id] as Growing
    known.set(`${effect.parent} ${action}`, id)
    of[request] = id
    effect.members.push(request)
    if (effect.actors.size < MOST_ACTORS) effect.actors.add(actorOf(picture, request))
    if (picture.failed(request)) effect.failed++
    if (picture.uncertain(request)) effect.uncertain++
  }
  const top = Math.max(0, picture.trigger)
  if (picture.requests > 0) add(top)
  for (let request = 0; request < picture.requests; request++) if (request !== top) add(request)
  return { list: list.map((effect) => ({ ...effect, actors: [...effect.actors] })), of, cause }
}

/** The trigger stands alone: another request of its action is an effect, not a second trigger. */
function ancestorWith(list: readonly Growing[], from: number, action: string): number | null {
  for (let id = from; id > 0; id = list[id]?.parent ?? -1) if (list[id]?.action === action) return id
  return null
}

function create(list: Growing[], parent: number, action: string, verb: string | null): number {
  const id = list.length
  list.push({ id, parent, depth: parent < 0 ? 0 : (list[parent]?.depth ?? 0) + 1, action, verb, members: [], children: [], actors: new Set(), failed: 0, uncertain: 0 })
  if (parent >= 0) list[parent]?.children.push(id)
  return id
}

/** A line of the tree as it is drawn: an effect, or one of its requests where they are told one by one. */
export interface EffectRow { readonly effect: Effect; readonly request: number | null; readonly depth: number; readonly state: 'open' | 'closed' | 'each' | 'leaf' }

/** Rows in reading order without the trigger's own. `closed` effects hide what followed, `each` lists requests one by one. */
export function effectRows({ list }: Effects, closed: ReadonlySet<number>, each: ReadonlySet<number>): EffectRow[] {
  const rows: EffectRow[] = []
  const walk = (id: number): void => {
    const effect = list[id]
    if (!effect) return
    const state = closed.has(id) ? 'closed' : each.has(id) ? 'each' : effect.children.length > 0 || effect.members.length > 1 ? 'open' : 'leaf'
    rows.push({ effect, request: null, depth: effect.depth - 1, state })
    if (state === 'closed') return
    if (each.has(id)) for (const request of effect.members) rows.push({ effect, request, depth: effect.depth, state: 'leaf' })
    effect.children.forEach(walk)
  }
  list[0]?.children.forEach(walk)
  return rows
}
