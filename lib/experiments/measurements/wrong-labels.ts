import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'
import { threefry } from '@/lib/model/random'

/** A purpose of its own beside the streams of `lib/model/random.ts`. */
const NOISE = 0x6e6f6973
const [PLACE, LABEL] = [0, 1] as const

/** A 32-bit number for one place, decided by the seed. */
function draw(seed: number, place: number, what: number): number {
  return threefry(seed, NOISE, place, what)[0]
}

/** Which of `count` places are made wrong: exactly `round(share * count)` of them, drawn by seed. A larger share holds every place of a smaller one. */
export function wrongPlaces(count: number, share: number, seed: number): Set<number> {
  const order = Array.from({ length: count }, (_, place) => ({ place, rank: draw(seed, place, PLACE) })).sort((a, b) => a.rank - b.rank || a.place - b.place)
  return new Set(order.slice(0, Math.round(share * count)).map(({ place }) => place))
}

/** One of `choices` for a place, drawn by seed; undefined where there is none. */
export function drawFrom<T>(choices: readonly T[], place: number, seed: number): T | undefined {
  return choices[draw(seed, place, LABEL) % Math.max(1, choices.length)]
}

/** Labels to draw wrong ones from: each distinct one of a log once, whatever its lines. */
export class LabelPool {
  readonly #labels: readonly { readonly key: string; readonly label: ActionLabel }[]

  constructor(labels: Iterable<ActionLabel | null>) {
    const distinct = new Map<string, ActionLabel>()
    for (const label of labels) if (label) distinct.set(labelKey(label), label)
    this.#labels = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, label]) => ({ key, label }))
  }

  /** A label that is none of those given; undefined where the log has no other. */
  wrong(not: readonly (ActionLabel | null)[], place: number, seed: number): ActionLabel | undefined {
    const keys = new Set(not.flatMap((label) => (label ? [labelKey(label)] : [])))
    return drawFrom(this.#labels.filter(({ key }) => !keys.has(key)), place, seed)?.label
  }
}
