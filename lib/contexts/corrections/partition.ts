import type { CorrectionPlan, Placement } from './types'

/** Requests with their places, and contexts with their triggers: as much of a reconstruction as an act is about. */
export class Partition {
  readonly #placements = new Map<string, Placement>()
  readonly #triggers = new Map<string, string>()
  readonly #members = new Map<string, Set<string>>()

  /** A request whose context is not known here yet makes none: add the context too. */
  addRequest(auditID: string, placement: Placement): this {
    this.#place(auditID, placement)
    return this
  }

  addContext(id: string, trigger: string): this {
    this.#triggers.set(id, trigger)
    return this
  }

  placement(auditID: string): Placement | undefined {
    return this.#placements.get(auditID)
  }

  triggerOf(context: string): string | undefined {
    return this.#triggers.get(context)
  }

  membersOf(context: string): ReadonlySet<string> {
    return this.#members.get(context) ?? NONE
  }

  get contexts(): ReadonlyMap<string, string> {
    return this.#triggers
  }

  get requests(): ReadonlyMap<string, Placement> {
    return this.#placements
  }

  /** Carries out what was planned on this very state. */
  apply({ changes, made, gone }: CorrectionPlan): void {
    if (made) this.#triggers.set(made.id, made.trigger)
    for (const { auditID, to } of changes) this.#place(auditID, to)
    for (const { id } of gone) this.#triggers.delete(id)
  }

  /** Takes back what was carried out; exact where nothing touched the same requests or contexts since. */
  revert({ changes, made, gone }: CorrectionPlan): void {
    for (const { id, trigger } of gone) this.#triggers.set(id, trigger)
    for (const { auditID, from } of changes) this.#place(auditID, from)
    if (made) this.#triggers.delete(made.id)
  }

  #place(auditID: string, placement: Placement): void {
    const before = this.#placements.get(auditID)?.context
    if (before) this.#members.get(before)?.delete(auditID)
    this.#placements.set(auditID, placement)
    if (placement.context === null) return
    const members = this.#members.get(placement.context) ?? new Set()
    this.#members.set(placement.context, members.add(auditID))
  }
}

const NONE: ReadonlySet<string> = new Set()
