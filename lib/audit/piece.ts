/** One record's bytes as cut from the stream; `bytes` is valid only until the next piece. */
export interface Piece {
  readonly bytes: Uint8Array
  /** Line number, or the number of the item in a list; from 1. */
  readonly number: number
  /** Whole size; larger than `bytes` where the record was over the limit and only its beginning was kept. */
  readonly size: number
  /** The stream ended inside this record. */
  readonly cut: boolean
}

export type PieceSink = (piece: Piece) => void

export interface Splitter {
  push(chunk: Uint8Array, sink: PieceSink): void
  end(sink: PieceSink): void
}

// What is kept of a record over the limit, for the rejects file
const KEPT_OF_OVERSIZE = 1 << 16
const FIRST_BUFFER = 1 << 16

/** Collects a record that spans chunks, up to a limit; beyond it only counts. */
export class PieceBuffer {
  size = 0
  readonly #limit: number
  #bytes = new Uint8Array(0)
  #length = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get oversize(): boolean {
    return this.size > this.#limit
  }

  append(part: Uint8Array): void {
    this.size += part.length
    if (this.size <= this.#limit) {
      this.#reserve(this.size)
      this.#bytes.set(part, this.#length)
      this.#length = this.size
    } else {
      this.#shrink(part)
    }
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.size = 0
    this.#length = 0
    // a rare large record must not hold its memory for the rest of the file
    if (this.#bytes.length > 16 * FIRST_BUFFER) this.#bytes = new Uint8Array(0)
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return
    const grown = new Uint8Array(Math.min(this.#limit, Math.max(size, 2 * this.#bytes.length, FIRST_BUFFER)))
    grown.set(this.bytes())
    this.#bytes = grown
  }

  #shrink(part: Uint8Array): void {
    const room = KEPT_OF_OVERSIZE - this.#length
    if (room > 0) {
      this.#reserve(Math.min(this.#limit, KEPT_OF_OVERSIZE))
      const kept = part.subarray(0, Math.min(room, this.#bytes.length - this.#length))
      this.#bytes.set(kept, this.#length)
      this.#length += kept.length
    } else if (this.#bytes.length > KEPT_OF_OVERSIZE) {
      this.#bytes = this.#bytes.slice(0, KEPT_OF_OVERSIZE)
      this.#length = KEPT_OF_OVERSIZE
    }
  }
}
