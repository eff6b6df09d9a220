import { DOMParser } from 'linkedom'
import { describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { object, Scenario } from '@/lib/contexts/testing/scenario'
import { deployment } from '@/lib/contexts/testing/workloads'
import { contextGraph } from './context-graph'
import { contextReport } from './context-report'
import { tellContext, type ContextStory } from './context-story'
import { graphToDot, graphToGraphml } from './graph-files'

const ORIGIN = { log: 'audit.log', made: '2026-11-23T10:00:00Z', version: '1' }

function storyOf(scenario: Scenario, pick = 0): ContextStory {
  const { contexts, records } = reconstruct(scenario.events.map((event) => extractFacts(event)))
  const [context] = contexts.toSorted((a, b) => b.events - a.events).slice(pick)
  if (!context) throw new Error('no context')
  return tellContext(context, records, scenario.events as readonly AuditEvent[])
}

const HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'a"];evil[label="x', '\\', 'x\\" ; y -> z', ']]><graph>', '\u001b[2J\u202eevil\u200b', '&amp;lt;', '</pre></details><h1>', 'long'.repeat(250_000)]

const HIDING = ['\u001b', '\u202e', '\u200b']

function hostile(): Scenario {
  const log = new Scenario('hostile')
  const cause = log.send({ user: HOSTILE[0] ?? '', verb: 'create', resource: 'pods', namespace: HOSTILE[1] ?? '', name: 'p', body: object('Pod', HOSTILE[1] ?? '', 'p'), cause: 'self' })
  for (const name of HOSTILE) log.send({ user: `system:node:${name}`, verb: 'patch', resource: 'pods', subresource: 'status', namespace: HOSTILE[1] ?? '', name: 'p', body: object('Pod', HOSTILE[1] ?? '', 'p', { labels: { app: name } }), cause })
  return log
}

describe('the report of a context', () => {
  it('says who did what, lists every request with its reason, and holds the events', () => {
    const story = storyOf(deployment())
    const html = contextReport(story, ORIGIN)
    const document = new DOMParser().parseFromString(html, 'text/html')
    expect(document.querySelector('h1')?.textContent).toMatch(/created deployment shop\/web; \d+ events followed/)
    expect(document.querySelectorAll('tbody tr').length).toBe(story.context.members.length)
    const reasons = [...document.querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('td')[5]?.textContent)
    expect(reasons.filter((reason) => reason === 'The user’s own action.')).toHaveLength(1)
    expect(reasons.every((reason) => reason !== '')).toBe(true)
    expect(reasons.join()).toContain('acts on something owned by')
    expect(document.querySelectorAll('details').length).toBe(story.context.members.length)
    const [raw] = document.querySelectorAll('pre')
    expect(JSON.parse(raw?.textContent ?? '')).toMatchObject({ auditID: story.chapters[0]?.event.auditID })
    expect(document.querySelectorAll('svg circle, svg path.trigger').length).toBe(story.chapters.length)
  })

  it('gives the same bytes for the same context', () => {
    expect(contextReport(storyOf(deployment()), ORIGIN)).toBe(contextReport(storyOf(deployment()), ORIGIN))
  })

  it('runs nothing, loads nothing and hides nothing, whatever names hold', () => {
    const html = contextReport(storyOf(hostile()), { ...ORIGIN, log: '<b>.log' })
    const document = new DOMParser().parseFromString(html, 'text/html')
    const tags = new Set([...document.querySelectorAll('*')].map((node) => node.tagName.toLowerCase()))
    for (const tag of ['script', 'img', 'iframe', 'object', 'link', 'a', 'form', 'b', 'graph']) expect(tags.has(tag), tag).toBe(false)
    expect([...document.querySelectorAll('*')].flatMap((node) => node.getAttributeNames()).filter((name) => /^on|href|src|style/i.test(name))).toEqual([])
    // Escape sequences, marks that reorder and characters of no width are named instead.
    for (const sign of HIDING) expect(html.includes(sign)).toBe(false)
    expect(html).toContain("default-src 'none'")
    expect(html.length).toBeLessThan(2_000_000)
  })
})

describe('the graph of a context', () => {
  it('leads from the user over the trigger to every action, and to objects', () => {
    const story = storyOf(deployment())
    const { nodes, edges } = contextGraph(story)
    expect(nodes.filter(({ kind }) => kind === 'action')).toHaveLength(story.chapters.length)
    expect(edges.filter(({ kind }) => kind === 'sent')).toHaveLength(story.chapters.length)
    const trigger = nodes.find(({ details }) => details.role === 'trigger')
    const reached = new Set([trigger?.id])
    for (let size = 0; size !== reached.size;) {
      size = reached.size
      for (const { from, to, kind } of edges) if (kind === 'caused' && reached.has(from)) reached.add(to)
    }
    expect(nodes.filter(({ id, kind }) => kind === 'action' && !reached.has(id))).toEqual([])
    expect(nodes.some(({ kind, title }) => kind === 'object' && title.includes('shop/web'))).toBe(true)
  })

  it('is well-formed GraphML, whatever names hold', () => {
    for (const story of [storyOf(deployment()), storyOf(hostile())]) {
      const graph = contextGraph(story)
      const text = graphToGraphml(graph, 'title <&>')
      const document = new DOMParser().parseFromString(text, 'text/xml')
      expect(document.querySelectorAll('node').length).toBe(graph.nodes.length)
      expect(document.querySelectorAll('edge').length).toBe(graph.edges.length)
      expect(document.querySelectorAll('graph').length).toBe(1)
      for (const sign of HIDING) expect(text.includes(sign)).toBe(false)
    }
  })

  it('is Graphviz in which no name leaves its quotes', () => {
    for (const story of [storyOf(deployment()), storyOf(hostile())]) {
      const graph = contextGraph(story)
      const lines = graphToDot(graph, 'a "title" \\').trimEnd().split('\n')
      expect(lines).toHaveLength(6 + graph.nodes.length + graph.edges.length)
      const statement = /^ {2}(?:\w+(?: -> \w+)? \[(?:\w+=(?:\w+|"(?:[^"\\]|\\.)*")(?:, )?)+\]|label="(?:[^"\\]|\\.)*"|rankdir=LR|(?:node|edge) \[fontname="sans-serif", fontsize=\d+\]);$/
      for (const line of lines.slice(1, -1)) expect(line).toMatch(statement)
    }
  })
})
