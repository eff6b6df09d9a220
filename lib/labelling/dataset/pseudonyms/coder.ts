import { COMMON_WORDS } from './vocabulary'

/** A keyed hash (HMAC) of a text: at least 16 bytes, the same for the same key and text, and not to be reversed without the key. */
export type KeyedHash = (text: string) => Uint8Array

const LETTERS = 'abcdefghijkmnpqrstuvwxyz'
const SIGNS = `${LETTERS}23456789`
/** 24 * 32^9 words: a hundred thousand different ones share a pseudonym once in a hundred thousand logs. */
const LENGTH = 10
const SHORT_NUMBER = 3
const API_VERSION = /^v\d{1,3}(?:(?:alpha|beta)\d{1,2})?$/

/** Words, numbers and addresses to pseudonyms: a pure function of the key, so that every log under one key gets the same. */
export class Coder {
  readonly #hash: KeyedHash
  readonly #words = new Map<string, string>()
  readonly #bits = new Map<string, number>()

  constructor(hash: KeyedHash) {
    this.#hash = hash
  }

  /** Whether a word stays as it is: common ones, API versions, and numbers of up to three digits (ordinals, ports). */
  static isCommon(word: string): boolean {
    return COMMON_WORDS.has(word.toLowerCase()) || API_VERSION.test(word) || (word.length <= SHORT_NUMBER && /^\d+$/.test(word))
  }

  /** The pseudonym of a run of letters and digits: ten letters and digits, digits for a number. */
  word(word: string): string {
    if (Coder.isCommon(word)) return word
    const known = this.#words.get(word)
    if (known !== undefined) return known
    const bytes = this.#hash(`word ${word}`)
    const made = /^\d+$/.test(word) ? digits(bytes, word.length) : letters(bytes)
    this.#words.set(word, made)
    return made
  }

  /**
   * An address of 4 or 16 bytes, bit by bit, each turned over or not as the key and the bits before it say (Crypto-PAn, Xu and others 2002): those
   * that share a network still do, and one that is known tells nothing of others but how long a prefix they share.
   */
  address(bytes: readonly number[]): number[] {
    const made = bytes.map(() => 0)
    let prefix = bytes.length === 4 ? '4 ' : '6 '
    for (let i = 0; i < bytes.length * 8; i++) {
      const bit = ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1
      made[i >> 3] = ((made[i >> 3] ?? 0) << 1) | (bit ^ this.#bit(prefix))
      prefix += bit
    }
    return made
  }

  #bit(prefix: string): number {
    const known = this.#bits.get(prefix)
    if (known !== undefined) return known
    const bit = (this.#hash(`address ${prefix}`)[0] ?? 0) & 1
    this.#bits.set(prefix, bit)
    return bit
  }
}

function letters(bytes: Uint8Array): string {
  let made = LETTERS[(bytes[0] ?? 0) % LETTERS.length] ?? ''
  for (let i = 1; i < LENGTH; i++) made += SIGNS[(bytes[i] ?? 0) % SIGNS.length]
  return made
}

function digits(bytes: Uint8Array, length: number): string {
  let made = String(1 + ((bytes[0] ?? 0) % 9))
  for (let i = 1; i < length; i++) made += (bytes[i % bytes.length] ?? 0) % 10
  return made
}
