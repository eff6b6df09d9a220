import type { AuditEvent, JsonValue } from '@/lib/audit/event'
import { EVERY, type PathSegment } from '../nodes'
import { segmentText } from '../path-text'

const SAMPLES = 4
const MOST_PATHS = 5_000
const DEEPEST = 10
const ROOTS = ['annotations', 'requestObject', 'responseObject'] as const
// Field ownership doubles every path of an object, and nobody asks for it.
const LEFT_OUT = new Set<PathSegment>(['managedFields', 'kubectl.kubernetes.io/last-applied-configuration'])

/** Which paths the bodies of a log have, from some events of each kind of request, for completion. */
export class PathCensus {
  readonly #seen = new Map<string, number>()
  readonly #paths = new Map<string, number>()

  add(event: AuditEvent): void {
    const kind = `${event.verb ?? ''} ${event.objectRef?.resource ?? ''}/${event.objectRef?.subresource ?? ''}`
    const seen = this.#seen.get(kind) ?? 0
    if (seen >= SAMPLES || (seen === 0 && this.#seen.size >= MOST_PATHS)) return
    this.#seen.set(kind, seen + 1)
    for (const root of ROOTS) this.#walk(root, event[root], 1)
  }

  /** Canonical paths, commonest first. */
  get paths(): string[] {
    return [...this.#paths].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([path]) => path)
  }

  #walk(path: string, value: JsonValue | undefined, depth: number): void {
    if (value === null || value === undefined || depth > DEEPEST) return
    if (typeof value !== 'object') return this.#note(path)
    // One item tells what the others look like.
    const entries: [PathSegment, JsonValue | undefined][] = Array.isArray(value) ? value.slice(0, 1).map((item) => [EVERY, item]) : Object.entries(value)
    for (const [key, item] of entries) if (!LEFT_OUT.has(key)) this.#walk(path + segmentText(key), item, depth + 1)
  }

  #note(path: string): void {
    const count = this.#paths.get(path)
    if (count === undefined && this.#paths.size >= MOST_PATHS) return
    this.#paths.set(path, (count ?? 0) + 1)
  }
}
