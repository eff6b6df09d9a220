import { actionOf, actorOf, objectOf } from './names'
import type { OpenPicture } from './open-picture'
import { effectsOf, type Effects } from './effects'

export interface GraphBox {
  readonly id: string
  readonly kind: 'actor' | 'action' | 'object'
  readonly title: string
  readonly note: string
  readonly verb: string | null
  readonly trigger: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  /** The first request of an action; null for others. */
  readonly request: number | null
}
export interface GraphLine { readonly from: string; readonly to: string; readonly kind: 'sent' | 'caused' | 'acts on'; readonly count: number }
export interface ContextDrawing { readonly boxes: readonly GraphBox[]; readonly lines: readonly GraphLine[]; readonly width: number; readonly height: number; readonly layers: readonly { readonly title: string; readonly x: number }[] }

/** Boxes of one kind at most: what is beyond shares one box. */
const MOST = { actor: 12, action: 28, object: 20 } as const
export const BOX_HEIGHT = 34
const GAP = 12
const COLUMN = { actor: 150, action: 180, object: 150 } as const
const BETWEEN = 52
const TOP = 30
const SWEEPS = 6

interface Node { id: string; kind: GraphBox['kind']; title: string; verb: string | null; trigger: boolean; layer: number; count: number; request: number | null; names: Set<string> }

/**
 * Who did what to what, folded so that it stays readable however large the context is: actors at the left, actions by how far
 * they are from the trigger, kinds of objects at the right.
 */
export function drawContext(picture: OpenPicture, effects: Effects = effectsOf(picture)): ContextDrawing {
  const { nodes, lines } = foldContext(picture, effects)
  const layers = new Map<number, Node[]>()
  for (const node of nodes.values()) layers.set(node.layer, [...(layers.get(node.layer) ?? []), node])
  const order = [...layers].sort(([a], [b]) => a - b).map(([, members]) => members)
  untangle(order, lines)
  return place(order, lines)
}

/** The most frequent names keep a box of their own. */
function namer(counts: ReadonlyMap<string, number>, most: number, others: (count: number) => string): (name: string) => string {
  if (counts.size <= most) return (name) => name
  const kept = new Set([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most - 1).map(([name]) => name))
  const rest = others(counts.size - kept.size)
  return (name) => (kept.has(name) ? name : rest)
}

function foldContext(picture: OpenPicture, effects: Effects): { nodes: Map<string, Node>; lines: GraphLine[] } {
  const [actors, objects] = [new Map<string, number>(), new Map<string, number>()]
  for (let request = 0; request < picture.requests; request++) {
    const [actor, object] = [actorOf(picture, request), picture.text('resource', request)]
    actors.set(actor, (actors.get(actor) ?? 0) + 1)
    if (object !== null) objects.set(object, (objects.get(object) ?? 0) + 1)
  }
  const own = picture.trigger < 0 ? null : actorOf(picture, picture.trigger)
  if (own !== null) actors.set(own, Infinity)
  const actorName = namer(actors, MOST.actor, (count) => `${count.toLocaleString('en')} other actors`)
  const objectName = namer(objects, MOST.object, (count) => `${count.toLocaleString('en')} other kinds`)
  const large = effects.list.slice(1).toSorted((a, b) => b.members.length - a.members.length || a.id - b.id).slice(0, MOST.action - 1).map(({ id }) => id)
  const shown = new Set([0, ...large])
  const deepest = Math.min(4, Math.max(0, ...effects.list.map(({ depth }) => depth)))
  const nodes = new Map<string, Node>()
  const node = (id: string, kind: Node['kind'], title: string, layer: number, more: Partial<Node> = {}): Node => {
    const found = nodes.get(id) ?? { id, kind, title, verb: null, trigger: false, layer, count: 0, request: null, names: new Set<string>(), ...more }
    nodes.set(id, found)
    return found
  }
  const lines = new Map<string, { from: string; to: string; kind: GraphLine['kind']; count: number }>()
  const join = (from: string, to: string, kind: GraphLine['kind']): void => {
    const line = lines.get(`${from} ${to}`) ?? { from, to, kind, count: 0 }
    line.count++
    lines.set(`${from} ${to}`, line)
  }
  const actionID = (effect: number): string => (shown.has(effect) ? `a${effect}` : 'a-others')
  for (let request = 0; request < picture.requests; request++) {
    const at = effects.of[request] ?? 0
    const effect = effects.list[at]
    const id = actionID(at)
    const action = node(id, 'action', shown.has(at) ? (effect?.action ?? actionOf(picture, request)) : `${(effects.list.length - shown.size).toLocaleString('en')} other actions`, shown.has(at) ? 1 + Math.min(deepest, effect?.depth ?? 0) : 1 + deepest, { verb: shown.has(at) ? (effect?.verb ?? null) : null, trigger: at === 0, request })
    action.count++
    const actor = node(`u${actorName(actorOf(picture, request))}`, 'actor', actorName(actorOf(picture, request)), 0, { trigger: actorOf(picture, request) === own })
    actor.count++
    join(actor.id, id, 'sent')
    const cause = effects.cause[request] ?? -1
    if (cause >= 0) { const from = actionID(effects.of[cause] ?? 0); if (from !== id) join(from, id, 'caused') }
    const resource = picture.text('resource', request)
    if (resource === null) continue
    const object = node(`o${objectName(resource)}`, 'object', objectName(resource), 2 + deepest)
    object.count++
    if (object.names.size < 1000) object.names.add(objectOf(picture, request))
    join(id, object.id, 'acts on')
  }
  return { nodes, lines: [...lines.values()] }
}

/** Boxes move towards the middle of what they are joined with, layer after layer, back and forth (Sugiyama's barycentre). */
function untangle(layers: Node[][], lines: readonly GraphLine[]): void {
  const joined = new Map<string, string[]>()
  for (const { from, to } of lines) {
    joined.set(from, [...(joined.get(from) ?? []), to])
    joined.set(to, [...(joined.get(to) ?? []), from])
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const places = new Map(layers.flatMap((layer) => layer.map(({ id }, index): [string, number] => [id, index / Math.max(1, layer.length - 1)])))
    const middle = (node: Node): number => {
      const others = (joined.get(node.id) ?? []).map((id) => places.get(id) ?? 0)
      return node.trigger ? -1 : others.length === 0 ? 1 : others.reduce((sum, value) => sum + value, 0) / others.length
    }
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      layer.sort((a, b) => middle(a) - middle(b) || (a.id < b.id ? -1 : 1))
      layer.forEach(({ id }, index) => places.set(id, index / Math.max(1, layer.length - 1)))
    }
  }
}

function place(layers: readonly Node[][], lines: readonly GraphLine[]): ContextDrawing {
  const tallest = Math.max(1, ...layers.map((layer) => layer.length))
  const inner = tallest * (BOX_HEIGHT + GAP)
  let x = 8
  const heads: { title: string; x: number }[] = []
  const boxes = layers.flatMap((layer, index) => {
    const kind = layer[0]?.kind ?? 'action'
    const width = COLUMN[kind]
    const left = x
    x += width + BETWEEN
    heads.push({ title: kind === 'actor' ? 'who' : kind === 'object' ? 'what' : index === 1 ? 'did' : index === 2 ? 'what followed' : '', x: left })
    const start = TOP + (inner - layer.length * (BOX_HEIGHT + GAP)) / 2
    return layer.map((node, row): GraphBox => ({
      id: node.id, kind: node.kind, title: node.title, verb: node.verb, trigger: node.trigger, request: node.request, x: left, y: start + row * (BOX_HEIGHT + GAP), width,
      note: node.kind === 'object' ? (node.names.size === 1 ? ([...node.names][0] || '1 object') : `${node.names.size >= 1000 ? '1,000 or more' : node.names.size.toLocaleString('en')} objects`) : `× ${node.count.toLocaleString('en')}`,
    }))
  })
  return { boxes, lines, width: x - BETWEEN + 8, height: TOP + inner, layers: heads }
}
