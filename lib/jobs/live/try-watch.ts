import type { WatchTrial } from '@/lib/live/live-state'
import { asksForRest } from '@/lib/live/settling'
import { bodiesRead } from '@/lib/live/slim-event'
import { matchContexts } from '@/lib/live/watch-window'
import { parseQuery } from '@/lib/query'
import type { LiveEngine } from './engine'
import { QUIET_MS } from './watch-desk'

const SHOWN = 20

/** Which contexts of the window a query would have found. @throws QueryError */
export async function tryWatch(text: string, engine: LiveEngine): Promise<WatchTrial> {
  const query = parseQuery(text)
  const began = performance.now()
  const { linked } = engine
  const bodies = bodiesRead([query])
  const kept = bodies.key === '' ? null : await engine.withBodies(bodies)
  const items = kept ? linked.items.map((item) => ({ ...item, event: kept.get(item.seq) ?? item.event })) : linked.items
  const found = matchContexts([{ query, of: null }], linked.contexts, { ...linked, items })
  const newest = found.slice(-SHOWN).toReversed()
  return { matched: found.length, looked: linked.contexts.length, ms: Math.round(performance.now() - began), quietMs: asksForRest(query) ? QUIET_MS : 0, contexts: newest.flatMap(({ context }) => engine.line(context.id) ?? []) }
}
