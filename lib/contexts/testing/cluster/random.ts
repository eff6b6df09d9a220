import { Seeded } from '@/lib/audit/seeded'

/** Seeded numbers, so that a failing log can be built again. */
export class Random extends Seeded {
  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  count(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
}
