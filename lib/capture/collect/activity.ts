import type { AuditEvent } from '@/lib/audit/event'
import { Motions, PATIENCE } from '../label/motion'
import type { LineNote } from '../label/note'
import type { TokenHome } from '../label/sent'

/** What the log has told so far of each scene, to tell when it has come to rest. Times are the API server's, in microseconds. */
export class Activity {
  readonly #last = new Map<string, number>()
  readonly #seen = new Set<string>()
  readonly #motions = new Motions()
  readonly #subjects = new Map<string, Set<string>>()
  #newest = -Infinity
  #heardAt = -Infinity

  constructor(private readonly tokens: ReadonlyMap<string, TokenHome>) {}

  note(event: AuditEvent, note: LineNote, now: number): void {
    const { at, until, verb } = note.facts
    const end = verb === 'watch' ? at : until
    this.#heardAt = now
    if (event.stage !== 'RequestReceived' && event.stage !== 'ResponseStarted') this.#seen.add(event.auditID)
    if (!Number.isFinite(end)) return
    this.#newest = Math.max(this.#newest, until)
    if (note.background === 'always') return
    this.#motions.add(note.motion, at, until)
    for (const token of note.near) {
      const scene = this.tokens.get(token)?.scene
      if (scene === undefined) continue
      this.#last.set(scene, Math.max(this.#last.get(scene) ?? -Infinity, end))
      if (note.motion.subject !== null && note.motion.step !== null) this.#subjects.set(scene, (this.#subjects.get(scene) ?? new Set()).add(note.motion.subject))
    }
  }

  /** Whether the log holds the answer to a request. */
  has(auditID: string): boolean {
    return this.#seen.has(auditID)
  }

  /**
   * Whether nothing spoke of a scene for that long, as far as the log has come, and no controller is at work on what it made (or has done nothing
   * about it for a good while). Where the log stands still, `grace` milliseconds without a line
   * are taken for quiet: a cluster may have nothing to say.
   */
  rested(scene: string, quietMicros: number, { now, grace }: { readonly now: number; readonly grace: number }): boolean {
    const last = this.#last.get(scene)
    if (last === undefined) return true
    if (this.#newest - last >= quietMicros) return this.#newest - last >= PATIENCE || !this.#motions.anyMoving(this.#subjects.get(scene) ?? [], this.#newest)
    return now - this.#heardAt >= grace + quietMicros / 1000
  }
}
