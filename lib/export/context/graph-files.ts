import { visibleText } from '@/lib/contexts/visible-text'
import { el, toHtml, type MarkupElement } from '../markup'
import type { ContextGraph, GraphEdge, GraphNode } from './context-graph'

const LONGEST = 300

function short(text: string): string {
  return visibleText(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).toWellFormed()
}

/** A quoted string of the DOT language: backslash and quote are all that mean anything in it, and `\n` must stay two characters. */
function quoted(text: string): string {
  return `"${short(text).replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`
}

const SHAPES: Readonly<Record<GraphNode['kind'], string>> = { user: 'house', action: 'box', object: 'ellipse' }
const STYLES: Readonly<Record<GraphEdge['kind'], string>> = { sent: 'dotted', caused: 'solid', 'acts on': 'dashed' }

/** The graph in Graphviz's language (graphviz.org/doc/info/lang.html). */
export function graphToDot({ nodes, edges }: ContextGraph, title: string): string {
  const drawn = nodes.map(({ id, kind, title: name, details }) => `  ${id} [shape=${SHAPES[kind]}, label=${quoted(name)}${details.role === 'trigger' ? ', penwidth=3' : ''}${details.auditID === undefined ? '' : `, tooltip=${quoted(String(details.auditID))}`}];`)
  const joined = edges.map(({ from, to, kind, title: why, score }) => `  ${from} -> ${to} [style=${STYLES[kind]}${why === '' ? '' : `, label=${quoted(why)}`}${score === null ? '' : `, weight=${Math.round(score * 100)}`}];`)
  return ['digraph context {', `  label=${quoted(title)};`, '  rankdir=LR;', '  node [fontname="sans-serif", fontsize=10];', '  edge [fontname="sans-serif", fontsize=8];', ...drawn, ...joined, '}', ''].join('\n')
}

const KEYS = [
  ['kind', 'node', 'string'], ['title', 'node', 'string'], ['role', 'node', 'string'], ['auditID', 'node', 'string'], ['afterMs', 'node', 'double'], ['code', 'node', 'int'], ['confidence', 'node', 'double'],
  ['link', 'edge', 'string'], ['why', 'edge', 'string'], ['score', 'edge', 'double'],
] as const

/** The graph in GraphML (graphml.graphdrawing.org), as Gephi, yEd and networkx read it. */
export function graphToGraphml({ nodes, edges }: ContextGraph, title: string): string {
  const data = (values: Readonly<Record<string, string | number | null>>): MarkupElement[] => Object.entries(values).flatMap(([key, value]) => (value === null || value === '' ? [] : [el('data', { key }, typeof value === 'string' ? short(value) : String(value))]))
  const graph = el('graph', { id: 'context', edgedefault: 'directed' },
    el('desc', {}, short(title)),
    ...nodes.map(({ id, kind, title: name, details }) => el('node', { id }, ...data({ kind, title: name, ...details }))),
    ...edges.map(({ from, to, kind, title: why, score }, i) => el('edge', { id: `e${i}`, source: from, target: to }, ...data({ link: kind, why, score }))))
  // The names of the format hold a dot, which elements as data do not allow; none of them comes from a log.
  const keys = KEYS.map(([name, of, type]) => `<key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys.join('\n')}\n${toHtml(graph)}\n</graphml>\n`
}
