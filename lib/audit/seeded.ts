// What Kubernetes itself draws generated names from: no vowels, no look-alikes.
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Seeded choices (mulberry32): the same seed names the same objects, or builds the same log, again. Never for secrets. */
export class Seeded {
  constructor(private state: number) {}

  /** 0 to 1, 1 left out. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** As Kubernetes ends generated names. */
  suffix(length: number): string {
    return Array.from({ length }, () => LETTERS[Math.floor(this.next() * LETTERS.length)] ?? 'x').join('')
  }
}
