import type { PartIndex } from './deal'
import { PARTS, type Part, type SplitRequest } from './spec'

/** What the test part of a split shares with what is trained on. Shares are of test requests, 0 to 1. */
export interface SplitLeakage {
  /** Contexts of two or more requests, and those of them that stand in several parts. */
  readonly contexts: number
  readonly tornContexts: number
  /** Test requests with a training request within 59 lines: a window of the paper's 60 holds both. */
  readonly nearTraining: number
  /** Test requests about an object that training requests are about as well. */
  readonly knownObjects: number
  /** Labelled test requests whose class has no training request: nothing can learn it. */
  readonly unseenClasses: number
}

/** Lines of the paper's window. */
const WINDOW = 60
const [TRAIN, TEST] = [0, 2]

/** How much of the answers a split gives away, or cannot be learnt. `parts` is by index of `requests`. */
export function splitLeakage(requests: readonly SplitRequest[], parts: readonly PartIndex[]): SplitLeakage {
  const train = requests.filter((_, i) => parts[i] === TRAIN)
  const test = requests.filter((_, i) => parts[i] === TEST)
  const share = (of: readonly SplitRequest[], hit: (request: SplitRequest) => boolean): number => (of.length === 0 ? 0 : of.filter(hit).length / of.length)
  const lines = Int32Array.from(train, ({ line }) => line).sort()
  const objects = new Set(train.flatMap(({ object }) => object ?? []))
  const classes = new Set(train.flatMap(({ label }) => label ?? []))
  return {
    ...torn(requests, parts),
    nearTraining: share(test, ({ line }) => isNear(lines, line)),
    knownObjects: share(test.filter(({ object }) => object !== null), ({ object }) => object !== null && objects.has(object)),
    unseenClasses: share(test.filter(({ label }) => label !== null), ({ label }) => label !== null && !classes.has(label)),
  }
}

function torn(requests: readonly SplitRequest[], parts: readonly PartIndex[]): Pick<SplitLeakage, 'contexts' | 'tornContexts'> {
  const members = new Map<string, { size: number; parts: Set<number> }>()
  requests.forEach(({ context }, i) => {
    if (context === null) return
    const entry = members.get(context) ?? { size: 0, parts: new Set() }
    entry.size++
    const part = parts[i] ?? -1
    if (part >= 0) entry.parts.add(part)
    members.set(context, entry)
  })
  const several = [...members.values()].filter(({ size }) => size > 1)
  return { contexts: several.length, tornContexts: several.filter((entry) => entry.parts.size > 1).length }
}

/** Whether a sorted list has a line within a window of `line`. */
function isNear(lines: Int32Array, line: number): boolean {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] ?? 0) < line) low = middle + 1
    else high = middle
  }
  const near = (at: number): boolean => lines[at] !== undefined && Math.abs((lines[at] ?? 0) - line) < WINDOW
  return near(low) || near(low - 1)
}

export interface PartCounts { readonly requests: number; readonly labelled: number; readonly contexts: number; readonly classes: number }

/** What each part holds, and how many requests none has. */
export function countParts(requests: readonly SplitRequest[], parts: readonly PartIndex[]): { readonly parts: Record<Part, PartCounts>; readonly leftOut: number } {
  const counts = PARTS.map((name, at) => {
    const of = requests.filter((_, i) => parts[i] === at)
    const distinct = (pick: (request: SplitRequest) => string | null): number => new Set(of.flatMap((request) => pick(request) ?? [])).size
    return [name, { requests: of.length, labelled: of.filter(({ label }) => label !== null).length, contexts: distinct(({ context }) => context), classes: distinct(({ label }) => label) }] as const
  })
  return { parts: Object.fromEntries(counts) as Record<Part, PartCounts>, leftOut: parts.filter((part) => part < 0).length }
}
