/** Codes of a dictionary, as narrow as they can be. */
export type Codes = Uint8Array | Uint16Array | Uint32Array

/** Room for codes below `distinct`. */
export function makeCodes(distinct: number, length: number): Codes {
  if (distinct <= 0x100) return new Uint8Array(length)
  return distinct <= 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length)
}

/** Codes that grow in length, and in width when one is too large for what there is. */
export class GrowingCodes {
  #codes: Codes = new Uint8Array(64)
  #length = 0
  #most = 0xff

  get length(): number {
    return this.#length
  }

  push(code: number): void {
    if (code > this.#most) {
      this.#codes = copyInto(makeCodes(code + 1, this.#codes.length), this.#codes)
      this.#most = code < 0x1_0000 ? 0xffff : 0xffff_ffff
    }
    if (this.#length === this.#codes.length) this.#codes = copyInto(makeCodes(this.#most + 1, this.#length * 2), this.#codes)
    this.#codes[this.#length++] = code
  }

  /** What has been pushed so far; later pushes do not show. */
  view(): Codes {
    return this.#codes.subarray(0, this.#length)
  }
}

function copyInto(target: Codes, source: Codes): Codes {
  target.set(source)
  return target
}
