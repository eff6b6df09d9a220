import { labelKey } from '@/lib/labels/label-key'
import type { Labelling, Labellings } from './labelling'
import { classText } from './label-text'

/** Requests that went from one class to another; null on one side: they had no label there. */
export interface ClassChange {
  readonly from: string | null
  readonly to: string | null
  readonly count: number
  /** The first few, in order of auditID. */
  readonly samples: readonly string[]
}

/** What became of the labels between two versions. */
export interface LabelDifferences {
  readonly same: number
  readonly added: number
  readonly removed: number
  /** Another role or label. */
  readonly changed: number
  /** The same label, another context. */
  readonly regrouped: number
  /** By class, the commonest first. */
  readonly classes: readonly ClassChange[]
}

const SAMPLES = 5

/** Which labels were added, changed and removed on the way from one set of labels to another, by class. */
export function labelDifferences(from: Labellings, to: Labellings): LabelDifferences {
  const classes = new Map<string, { from: string | null; to: string | null; ids: string[]; count: number }>()
  const sums = { same: 0, added: 0, removed: 0, changed: 0, regrouped: 0 }
  for (const auditID of new Set([...from.keys(), ...to.keys()])) {
    const [before, after] = [from.get(auditID), to.get(auditID)]
    const kind = differenceOf(before, after)
    sums[kind]++
    if (kind === 'same' || kind === 'regrouped') continue
    const [a, b] = [before ? classText(before) : null, after ? classText(after) : null]
    const key = JSON.stringify([a, b])
    const entry = classes.get(key) ?? { from: a, to: b, ids: [], count: 0 }
    entry.count++
    entry.ids.push(auditID)
    classes.set(key, entry)
  }
  const listed = [...classes.values()].sort((a, b) => b.count - a.count || compareText(a.from, b.from) || compareText(a.to, b.to))
  return { ...sums, classes: listed.map(({ ids, ...change }) => ({ ...change, samples: ids.sort().slice(0, SAMPLES) })) }
}

/** What has no class comes first. */
function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0
  return a === null || (b !== null && a < b) ? -1 : 1
}

function differenceOf(before: Labelling | undefined, after: Labelling | undefined): 'same' | 'added' | 'removed' | 'changed' | 'regrouped' {
  if (before === undefined) return after === undefined ? 'same' : 'added'
  if (after === undefined) return 'removed'
  if (before.role !== after.role || keyOf(before) !== keyOf(after)) return 'changed'
  return before.context === after.context ? 'same' : 'regrouped'
}

/** With the group, which `labelKey` leaves out. */
function keyOf({ label }: Labelling): string | null {
  return label && `${label.group} ${labelKey(label)}`
}
