import { extractFacts } from '@/lib/contexts/facts'
import { compareFacts, reconstruct } from '@/lib/contexts/reconstruct'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { makePicture } from '@/lib/contexts/view/make-picture'
import type { ContextPicture } from '@/lib/contexts/view/picture'
import { pictureLine } from '@/lib/contexts/view/picture-line'
import type { KeptLines } from '@/lib/receive/kept-lines.node.ts'
import { alertLines } from '@/lib/store/live/alerts'
import { eventOf } from './read-item'

/** A line of a context and what linking said of it. */
export interface FoundLine { readonly seq: number; readonly record: Pick<ReconstructedRecord, 'role' | 'confidence' | 'links'> }

export interface FoundContext {
  readonly context: Pick<ContextRecord, 'id' | 'label' | 'trigger' | 'command'>
  readonly lines: readonly FoundLine[]
  /** Neighbours in order of their triggers. */
  readonly previous: string | null
  readonly next: string | null
}

const AT_ONCE = 1000

/** The picture of a context whose lines are read from the disk once more, as their bodies tell more than is kept in memory. */
export async function drawPicture({ context, lines, previous, next }: FoundContext, kept: KeptLines): Promise<ContextPicture> {
  const found = new Map(lines.map((line) => [line.seq, line.record]))
  const drawn = []
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    for (const line of await kept.pick(lines.slice(at, at + AT_ONCE).map(({ seq }) => seq))) {
      const record = found.get(line.number)
      if (record) drawn.push(pictureLine(eventOf(line), { seq: line.number, ...record }))
    }
  }
  const command = context.command ? { id: context.command, contexts: 1, place: null } : null
  return makePicture({ id: context.id, label: context.label, trigger: context.trigger.auditID, command, corrected: null, previous, next }, drawn)
}

/** A context that has left the window, from the lines that its alert names; null where it raised none or they are gone. */
export async function contextOfAlert(id: string, kept: KeptLines): Promise<FoundContext | null> {
  const lines = await kept.pick(await alertLines(id))
  const facts = lines.map((line) => ({ seq: line.number, facts: extractFacts(eventOf(line)) })).sort((a, b) => compareFacts(a.facts, b.facts))
  const { records, contexts } = reconstruct(facts.map((one) => one.facts))
  const context = contexts.find((one) => one.id === id)
  if (!context) return null
  return { context, lines: facts.flatMap(({ seq }, i) => (records[i] ? [{ seq, record: records[i] }] : [])), previous: null, next: null }
}
