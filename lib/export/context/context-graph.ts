import { objectName, resourceText, type ContextStory } from './context-story'

export interface GraphNode {
  readonly id: string
  readonly kind: 'user' | 'action' | 'object'
  readonly title: string
  readonly details: Readonly<Record<string, string | number>>
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  /** `caused` leads from the earlier action to the one that follows it. */
  readonly kind: 'sent' | 'caused' | 'acts on'
  readonly title: string
  readonly score: number | null
}

export interface ContextGraph { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }

/** Users, actions and objects of a context: who sent what, which action caused which (every link with its rule), and what they acted on. */
export function contextGraph({ context, chapters }: ContextStory): ContextGraph {
  const nodes = new Map<string, GraphNode>()
  const edges: GraphEdge[] = []
  const actionOf = new Map(chapters.map(({ event }, i) => [event.auditID, `a${i}`]))
  const named = (kind: 'user' | 'object', title: string): string => {
    const key = `${kind} ${title}`
    const node = nodes.get(key) ?? { id: `${kind === 'user' ? 'u' : 'o'}${nodes.size}`, kind, title, details: {} }
    nodes.set(key, node)
    return node.id
  }
  for (const { event, record, afterMs } of chapters) {
    const id = actionOf.get(event.auditID) ?? ''
    const code = event.responseStatus?.code
    nodes.set(`action ${id}`, {
      id, kind: 'action', title: `${event.verb ?? 'request'} ${resourceText(event)}`,
      details: { auditID: event.auditID, role: record.role, ...(afterMs === null ? {} : { afterMs }), ...(code === null || code === undefined ? {} : { code }), ...(record.confidence === null ? {} : { confidence: record.confidence }) },
    })
    edges.push({ from: named('user', event.user?.username ?? 'unknown'), to: id, kind: 'sent', title: '', score: null })
    const name = objectName(event)
    if (name !== '') edges.push({ from: id, to: named('object', `${event.objectRef?.resource ?? ''} ${name}`), kind: 'acts on', title: '', score: null })
    for (const link of record.links) {
      const from = actionOf.get(link.to)
      if (from !== undefined && from !== id) edges.push({ from, to: id, kind: 'caused', title: `${link.rule}: ${link.key}`, score: link.score })
    }
    if (record.role === 'consequence' && !record.links.some(({ to }) => actionOf.has(to))) edges.push({ from: actionOf.get(context.trigger.auditID) ?? id, to: id, kind: 'caused', title: 'labelled by the network', score: record.confidence })
  }
  return { nodes: [...nodes.values()], edges }
}
