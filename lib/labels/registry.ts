import { AuditweaveError } from '@/lib/audit/errors'
import { CUSTOM_ID_BASE, customId } from './custom-id'
import type { CustomHash, CustomName } from './custom-id'

/** One resource outside the table with the id it was given. */
export interface CustomEntry extends CustomName {
  readonly id: number
}

const keyOf = (name: CustomName) => JSON.stringify([name.group, name.resource, name.subresource])

/**
 * The resources outside the table that a data set or model has met, so that their codes decode.
 * An id is the hash of the name, the same on every machine. Should two names share a hash, the
 * one added first keeps it and the other takes its next probe; `entries()` records the ids given,
 * and a registry restored from them (`LabelRegistry.from`) gives the same ones again.
 */
export class LabelRegistry {
  readonly #byKey = new Map<string, CustomEntry>()
  readonly #byId = new Map<number, CustomEntry>()
  readonly #hash: CustomHash

  constructor(hash: CustomHash = customId) {
    this.#hash = hash
  }

  /** A registry with exactly these ids. Throws `label-id-conflict` where two names claim one id. */
  static from(entries: Iterable<CustomEntry>, hash?: CustomHash): LabelRegistry {
    const registry = new LabelRegistry(hash)
    for (const entry of entries) registry.restore(entry)
    return registry
  }

  /** The name's entry, added where it is new. */
  add(name: CustomName): CustomEntry {
    const known = this.#byKey.get(keyOf(name))
    if (known) return known
    let probe = 0
    let id = this.#hash(name, probe)
    while (this.#byId.has(id)) id = this.#hash(name, ++probe)
    return this.#keep({ group: name.group, resource: name.resource, subresource: name.subresource, id })
  }

  /** Takes an entry over with the id it has. Throws `label-id-conflict` where it contradicts one already here. */
  restore(entry: CustomEntry): void {
    if (!Number.isSafeInteger(entry.id) || entry.id < CUSTOM_ID_BASE || entry.id >= CUSTOM_ID_BASE * 2) {
      throw new AuditweaveError('label-id-range', `Custom resource ${entry.resource}.${entry.group} has id ${entry.id}, outside the custom range; rebuild the model or data set that holds it.`)
    }
    const known = this.#byKey.get(keyOf(entry)) ?? this.#byId.get(entry.id)
    if (known && (known.id !== entry.id || keyOf(known) !== keyOf(entry))) {
      throw new AuditweaveError('label-id-conflict', `Custom resources ${known.resource}.${known.group} (id ${known.id}) and ${entry.resource}.${entry.group} (id ${entry.id}) contradict one another; import the two sources apart.`)
    }
    if (!known) this.#keep({ group: entry.group, resource: entry.resource, subresource: entry.subresource, id: entry.id })
  }

  /** The entry of an id, or null where this registry has not met it. */
  get(id: number): CustomEntry | null {
    return this.#byId.get(id) ?? null
  }

  /** All entries in the order they were added; plain data, fit for JSON. */
  entries(): CustomEntry[] {
    return [...this.#byKey.values()]
  }

  #keep(entry: CustomEntry): CustomEntry {
    this.#byKey.set(keyOf(entry), entry)
    this.#byId.set(entry.id, entry)
    return entry
  }
}
