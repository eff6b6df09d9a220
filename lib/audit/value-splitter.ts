import { PieceBuffer } from './piece'
import type { PieceSink, Splitter } from './piece'
import { CONTAINER_KEYS } from './unwrap'

const NEWLINE = 10
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d
const SPACE = 32
const LONGEST_KEY = 32

type Where =
  | 'between' // at the root or inside a list, before a value
  | 'value' // inside a value that will be handed on whole
  | 'tail' // in a container object, behind its list

/**
 * Cuts bytes into JSON values without parsing them: values that follow one another with any white space (pretty-printed
 * or on one line), the items of a list at the root, and the items of a list held by a root object under `items`, `records`
 * and the like. An EventList of any size is read item by item.
 */
export class ValueSplitter implements Splitter {
  readonly #buffer: PieceBuffer
  #where: Where = 'between'
  #number = 0
  /** Open brackets of the value or tail in hand. */
  #depth = 0
  #inString = false
  #escaped = false
  /** Lists entered so far: 'root' is a list at the top, 'object' one inside a root object. */
  #container: 'root' | 'object' | null = null
  /** The key being read or just read at depth 1 of a root object; null while none. */
  #key: number[] | null = null
  #keyDone = false
  #scalar = false
  /** A line feed inside a string: the value is damaged, and reading goes on behind it. */
  #broken = false

  constructor(limit: number) {
    this.#buffer = new PieceBuffer(limit)
  }

  push(chunk: Uint8Array, sink: PieceSink): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#where === 'between') at = this.#between(chunk, at)
      else if (this.#where === 'tail') at = this.#tail(chunk, at)
      else at = this.#value(chunk, at, sink)
    }
  }

  end(sink: PieceSink): void {
    if (this.#where === 'value' && this.#buffer.size > 0) this.#emit(sink, !this.#scalar || this.#inString)
  }

  /** True where the stream ended inside a list or behind it. */
  get open(): boolean {
    return this.#container !== null || this.#where === 'tail'
  }

  #between(chunk: Uint8Array, start: number): number {
    let at = start
    for (; at < chunk.length; at++) {
      const c = chunk[at] as number
      if (c <= SPACE || c === COMMA || c === COLON || c === CLOSE) continue
      if (c === CLOSE_LIST) {
        if (this.#container === 'object') this.#where = 'tail'
        this.#container = null
        if (this.#where === 'tail') return at + 1
        continue
      }
      if (c === OPEN_LIST && this.#container === null) {
        this.#container = 'root'
        continue
      }
      this.#begin(c)
      return at
    }
    return at
  }

  #begin(first: number): void {
    this.#where = 'value'
    this.#depth = 0
    this.#inString = false
    this.#escaped = false
    this.#scalar = first !== OPEN && first !== OPEN_LIST
    this.#key = null
    this.#keyDone = false
    this.#broken = false
  }

  /** Scans on in the value in hand; returns where to go on. */
  #value(chunk: Uint8Array, start: number, sink: PieceSink): number {
    for (let at = start; at < chunk.length; at++) {
      if (this.#inString) {
        at = this.#string(chunk, at)
        if (this.#broken) return this.#finish(chunk, start, at + 1, sink)
        continue
      }
      const c = chunk[at] as number
      if (c === QUOTE) {
        this.#inString = true
        if (this.#watchesKeys()) this.#key = []
        this.#keyDone = false
      } else if (c === OPEN || c === OPEN_LIST) {
        if (c === OPEN_LIST && this.#entersList()) return at + 1
        this.#depth++
        this.#keyDone = false
      } else if (c === CLOSE || c === CLOSE_LIST) {
        if (this.#depth === 0) return this.#finish(chunk, start, at, sink)
        if (--this.#depth === 0) return this.#finish(chunk, start, at + 1, sink)
      } else if (this.#scalar && this.#depth === 0 && (c === COMMA || c <= SPACE)) {
        return this.#finish(chunk, start, at, sink)
      } else if (c > SPACE && c !== COLON) this.#keyDone = false
    }
    this.#buffer.append(chunk.subarray(start))
    return chunk.length
  }

  /** Skips to the end of the string in hand; returns the index of its last byte in this chunk. */
  #string(chunk: Uint8Array, start: number): number {
    const key = this.#watchesKeys() ? this.#key : null
    for (let at = start; at < chunk.length; at++) {
      const c = chunk[at] as number
      if (this.#escaped) this.#escaped = false
      else if (c === BACKSLASH) this.#escaped = true
      else if (c === QUOTE) {
        this.#inString = false
        this.#keyDone = key !== null
        return at
      } else if (c === NEWLINE) {
        this.#inString = false
        this.#broken = true
        return at
      }
      if (key && key.length < LONGEST_KEY) key.push(c)
    }
    return chunk.length - 1
  }

  #watchesKeys(): boolean {
    return this.#depth === 1 && this.#container === null && !this.#scalar
  }

  /** At a `[`: true where it opens the list of a container object, whose head is then forgotten. */
  #entersList(): boolean {
    if (!this.#watchesKeys() || !this.#keyDone || this.#key === null) return false
    if (!CONTAINER_KEYS.has(String.fromCharCode(...this.#key))) return false
    this.#buffer.clear()
    this.#container = 'object'
    this.#where = 'between'
    this.#depth = 0
    this.#key = null
    return true
  }

  #finish(chunk: Uint8Array, start: number, end: number, sink: PieceSink): number {
    this.#buffer.append(chunk.subarray(start, end))
    this.#emit(sink, false)
    return end
  }

  #emit(sink: PieceSink, cut: boolean): void {
    this.#where = 'between'
    if (this.#buffer.size > 0) sink({ bytes: this.#buffer.bytes(), number: ++this.#number, size: this.#buffer.size, cut })
    this.#buffer.clear()
  }

  /** Behind the list of a container object: skips to the object's end. */
  #tail(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      if (this.#inString) {
        at = this.#string(chunk, at)
        continue
      }
      const c = chunk[at] as number
      if (c === QUOTE) this.#inString = true
      else if (c === OPEN || c === OPEN_LIST) this.#depth++
      else if (c === CLOSE || c === CLOSE_LIST) {
        if (this.#depth <= 0) {
          this.#where = 'between'
          return at + 1
        }
        this.#depth--
      }
    }
    return chunk.length
  }
}
