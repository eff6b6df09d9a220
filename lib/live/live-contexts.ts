import type { ContextRecord } from '@/lib/contexts/types'

/** A context as it stands, and when it last changed. */
export interface TrackedContext {
  readonly record: ContextRecord
  /** Grows with every change of any context: what a reader has seen up to a version need not be told again. */
  readonly version: number
  readonly closed: boolean
}

const KEPT_CLOSED = 300

/** Tells which contexts have changed since they were last looked at, and remembers the last that were closed. */
export class LiveContexts {
  readonly #open = new Map<string, TrackedContext>()
  readonly #closed = new Map<string, TrackedContext>()
  #version = 0

  get version(): number { return this.#version }
  get open(): number { return this.#open.size }

  /** Takes what was linked; returns the contexts that are new or have other members. */
  update(contexts: readonly ContextRecord[]): ContextRecord[] {
    const changed = contexts.filter((record) => !isSame(this.#open.get(record.id)?.record, record))
    if (changed.length === 0) return changed
    this.#version++
    for (const record of changed) this.#open.set(record.id, { record, version: this.#version, closed: false })
    return changed
  }

  close(contexts: readonly ContextRecord[]): void {
    if (contexts.length === 0) return
    this.#version++
    for (const { id } of contexts) {
      const known = this.#open.get(id)
      if (!known) continue
      this.#open.delete(id)
      this.#closed.set(id, { ...known, version: this.#version, closed: true })
    }
    for (const id of this.#closed.keys()) {
      if (this.#closed.size <= KEPT_CLOSED) break
      this.#closed.delete(id)
    }
  }

  find(id: string): TrackedContext | null {
    return this.#open.get(id) ?? this.#closed.get(id) ?? null
  }

  /** Those that changed after a version, in no order. */
  *since(version: number): Generator<TrackedContext> {
    for (const map of [this.#open, this.#closed]) for (const tracked of map.values()) if (tracked.version > version) yield tracked
  }
}

function isSame(before: ContextRecord | undefined, now: ContextRecord): boolean {
  return before !== undefined && before.members.length === now.members.length && before.command === now.command && before.members.every((auditID, i) => auditID === now.members[i])
}
