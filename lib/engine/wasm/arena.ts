const LINE = 64

/** Hands out addresses one after the other, each on a cache line and followed by one that no one uses. */
export class Arena {
  private next: number
  constructor(start: number) {
    this.next = Math.ceil(start / LINE) * LINE
  }
  get end(): number {
    return this.next
  }
  bytes(count: number): number {
    const at = this.next
    this.next = Math.ceil((at + count) / LINE) * LINE + LINE
    return at
  }
  /** Room for 32-bit values. */
  words(count: number): number {
    return this.bytes(count * 4)
  }
}
