/** What is remembered of an event: digests of its identity (auditID and stage) and of all it says. */
export interface EventDigest { readonly identity: bigint; readonly content: bigint }

export type Verdict = 'new' | 'duplicate' | 'conflicting'

const EMPTY = 0n

/** Open addressing over 64-bit digests, half full at most. */
class Generation {
  readonly #identities: BigUint64Array
  readonly #contents: BigUint64Array
  #size = 0

  constructor(readonly capacity: number) {
    this.#identities = new BigUint64Array(2 * capacity)
    this.#contents = new BigUint64Array(2 * capacity)
  }

  get full(): boolean { return this.#size >= this.capacity }

  find(identity: bigint): bigint | null {
    const at = this.#place(identity)
    return this.#identities[at] === EMPTY ? null : (this.#contents[at] as bigint)
  }

  add({ identity, content }: EventDigest): void {
    const at = this.#place(identity)
    if (this.#identities[at] === EMPTY) this.#size++
    this.#identities[at] = identity
    this.#contents[at] = content
  }

  #place(identity: bigint): number {
    const size = this.#identities.length
    let at = Number(identity % BigInt(size))
    while (this.#identities[at] !== EMPTY && this.#identities[at] !== identity) at = (at + 1) % size
    return at
  }
}

/**
 * Remembers the last events (between `capacity` and twice as many) in fixed memory, 32 bytes each, so that a batch that kube-apiserver
 * sends again is told from a new one. An event that says something else under an identity already seen is `conflicting`, not a duplicate:
 * a client may choose its Audit-ID, and must not be able to hide a request behind an earlier one.
 */
export class SeenEvents {
  #young: Generation
  #old: Generation

  constructor(readonly capacity = 1 << 20) {
    this.#young = new Generation(capacity)
    this.#old = new Generation(1)
  }

  judge({ identity, content }: EventDigest): Verdict {
    const known = this.#young.find(identity) ?? this.#old.find(identity)
    if (known === null) return 'new'
    return known === content ? 'duplicate' : 'conflicting'
  }

  add(digest: EventDigest): void {
    if (this.#young.full) {
      this.#old = this.#young
      this.#young = new Generation(this.capacity)
    }
    this.#young.add(digest)
  }
}
