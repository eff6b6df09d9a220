/** A set of places 0..size-1, a bit each. */
export class Bitmap {
  readonly words: Uint32Array

  constructor(readonly size: number, words?: Uint32Array) {
    this.words = words ?? new Uint32Array((size + 31) >>> 5)
  }

  static all(size: number): Bitmap {
    const bitmap = new Bitmap(size)
    bitmap.words.fill(0xffff_ffff)
    const rest = size & 31
    if (rest > 0) bitmap.words[bitmap.words.length - 1] = 2 ** rest - 1
    return bitmap
  }

  has(place: number): boolean {
    return (((this.words[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1
  }

  add(place: number): void {
    this.words[place >>> 5] = (this.words[place >>> 5] ?? 0) | (1 << (place & 31))
  }

  /** Adds the places from `begin` up to, without, `end`. */
  addRange(begin: number, end: number): void {
    for (let place = begin; place < end; ) {
      const whole = (place & 31) === 0 && place + 32 <= end
      if (whole) this.words[place >>> 5] = 0xffff_ffff
      else this.add(place)
      place += whole ? 32 : 1
    }
  }

  count(): number {
    let sum = 0
    for (const word of this.words) if (word !== 0) sum += bitsOf(word)
    return sum
  }

  and(other: Bitmap): Bitmap {
    return new Bitmap(this.size, this.words.map((word, at) => word & (other.words[at] ?? 0)))
  }

  or(other: Bitmap): Bitmap {
    return new Bitmap(this.size, this.words.map((word, at) => word | (other.words[at] ?? 0)))
  }

  without(other: Bitmap): Bitmap {
    return new Bitmap(this.size, this.words.map((word, at) => word & ~(other.words[at] ?? 0)))
  }

  isEmpty(): boolean {
    return this.words.every((word) => word === 0)
  }

  /** In ascending order. */
  forEach(visit: (place: number) => void): void {
    for (let at = 0; at < this.words.length; at++) {
      for (let word = this.words[at] ?? 0; word !== 0; word &= word - 1) visit((at << 5) + 31 - Math.clz32(word & -word))
    }
  }

  /** The places for which the test holds. */
  filter(test: (place: number) => boolean): Bitmap {
    const kept = new Uint32Array(this.words.length)
    for (let at = 0; at < this.words.length; at++) {
      let bits = 0
      for (let word = this.words[at] ?? 0; word !== 0; word &= word - 1) {
        const bit = 31 - Math.clz32(word & -word)
        if (test((at << 5) + bit)) bits |= 1 << bit
      }
      kept[at] = bits
    }
    return new Bitmap(this.size, kept)
  }

  /** The places in ascending order. */
  toArray(): number[] {
    const places: number[] = []
    this.forEach((place) => places.push(place))
    return places
  }
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555)
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
