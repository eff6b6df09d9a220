import type { ContextRecord } from '@/lib/contexts/types'
import type { LinkedWindow } from '@/lib/live/live-window'
import type { FoundContext, FoundLine } from './pictures'

const KEPT = 300
const MOST_LINES = 5000

/** The lines of a context in a window, in order of time; null where the window does not hold it. */
export function findInWindow(id: string, { items, records, contexts }: LinkedWindow): FoundContext | null {
  const place = contexts.findIndex((context) => context.id === id)
  const context = contexts[place]
  if (!context) return null
  return { context, lines: linesOf(id, { items, records }), previous: contexts[place - 1]?.id ?? null, next: contexts[place + 1]?.id ?? null }
}

function linesOf(id: string, { items, records }: Pick<LinkedWindow, 'items' | 'records'>): FoundLine[] {
  return items.flatMap(({ seq }, i) => {
    const record = records[i]
    return record?.context === id ? [{ seq, record }] : []
  })
}

/** The last contexts that left the window: which lines they had, so that they can still be opened. */
export class ClosedContexts {
  readonly #found = new Map<string, FoundContext>()

  remember(closed: readonly ContextRecord[], window: LinkedWindow): void {
    const wanted = new Map<string, FoundLine[]>(closed.slice(-KEPT).map(({ id }) => [id, []]))
    window.items.forEach(({ seq }, i) => {
      const record = window.records[i]
      const lines = record?.context ? wanted.get(record.context) : undefined
      if (record && lines && lines.length < MOST_LINES) lines.push({ seq, record })
    })
    for (const { id, label, trigger, command } of closed.slice(-KEPT)) this.#found.set(id, { context: { id, label, trigger, command: command ?? null }, lines: wanted.get(id) ?? [], previous: null, next: null })
    for (const id of this.#found.keys()) {
      if (this.#found.size <= KEPT) break
      this.#found.delete(id)
    }
  }

  find(id: string): FoundContext | null {
    return this.#found.get(id) ?? null
  }
}
