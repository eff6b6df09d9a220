import { visibleText } from '@/lib/contexts/visible-text'
import type { VersionDifferences, VersionPlace } from '@/lib/store/dataset-versions/types'
import { formatTable } from '../output'

const MOST_CLASSES = 40
const count = (value: number): string => value.toLocaleString('en')
const placeText = ({ name, number }: VersionPlace): string => (number === null ? name : `${name}@${number}`)

/** Differences as lines for people. */
export function differencesText({ from, to, events, labels, splits }: VersionDifferences): string[] {
  const shown = labels.classes.slice(0, MOST_CLASSES)
  const rows = shown.map((change) => [count(change.count), change.from ?? '(no label)', change.to ?? '(no label)', change.samples.slice(0, 2).join(' ')])
  return [
    `from ${placeText(from)} to ${placeText(to)}`,
    events.same ? 'events  the same' : `events  ${count(events.added)} added, ${count(events.removed)} removed, ${count(events.changed)} changed`,
    `labels  ${count(labels.added)} added, ${count(labels.changed)} changed, ${count(labels.removed)} removed, ${count(labels.regrouped)} in another context, ${count(labels.same)} the same`,
    ...(rows.length === 0 ? [] : formatTable([['requests', 'from', 'to', 'e.g.'], ...rows]).split('\n')),
    ...(labels.classes.length > shown.length ? [`and ${count(labels.classes.length - shown.length)} more changes; --json has them all`] : []),
    ...splits.map(({ name, change, from: was, to: is, moved }) => `split   ${name} ${change}: ${change === 'changed' ? `${was ?? ''} became ${is ?? ''}` : (is ?? was ?? '')}; ${count(moved)} requests`),
  ].map(visibleText)
}
