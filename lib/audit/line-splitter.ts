import { PieceBuffer } from './piece'
import type { PieceSink, Splitter } from './piece'

const NEWLINE = 10

/** Cuts bytes at line feeds. Blank lines are counted but not handed on; NULs before a line (a log cut while open) are skipped. */
export class LineSplitter implements Splitter {
  readonly #limit: number
  readonly #carry: PieceBuffer
  #number = 0

  constructor(limit: number) {
    this.#limit = limit
    this.#carry = new PieceBuffer(limit)
  }

  push(chunk: Uint8Array, sink: PieceSink): void {
    let start = 0
    if (this.#carry.size > 0) {
      const end = chunk.indexOf(NEWLINE)
      this.#carry.append(end < 0 ? chunk : chunk.subarray(0, end))
      if (end < 0) return
      this.#emitCarry(sink, false)
      start = end + 1
    }
    for (let end = chunk.indexOf(NEWLINE, start); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#emit(chunk, start, end, sink)
      start = end + 1
    }
    const from = skipBlank(chunk, start, chunk.length)
    if (from < chunk.length) this.#carry.append(chunk.subarray(from))
  }

  end(sink: PieceSink): void {
    if (this.#carry.size > 0) this.#emitCarry(sink, true)
  }

  #emit(chunk: Uint8Array, start: number, end: number, sink: PieceSink): void {
    this.#number++
    const from = skipBlank(chunk, start, end)
    if (from === end) return
    const size = end - from
    sink({ bytes: chunk.subarray(from, size > this.#limit ? from + (1 << 16) : end), number: this.#number, size, cut: false })
  }

  #emitCarry(sink: PieceSink, cut: boolean): void {
    this.#number++
    sink({ bytes: this.#carry.bytes(), number: this.#number, size: this.#carry.size, cut })
    this.#carry.clear()
  }
}

/** White space, and the NULs that a log cut while open has in place of the lines taken away. */
function skipBlank(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  for (; at < end; at++) {
    const c = bytes[at]
    if (c !== 0 && c !== 32 && c !== 9 && c !== 13) break
  }
  return at
}
