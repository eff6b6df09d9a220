import type { ReviewAnswer, ReviewItem } from '@/lib/labelling/agreement/answers'
import { disagreements } from '@/lib/labelling/agreement/disagreements'
import { choosePair, tableOfSides } from '@/lib/labelling/agreement/sides'
import { sideLine, type PairQuery } from './agreement'
import { firstLines } from './first-lines'
import { labelsSince } from './labels-since'
import { readSides } from './sides'
import { blankState, toRequestLabel } from './state'

/** Some 1 kB each. */
const MOST_ITEMS = 2000

/** What two sides of a data set say differently, for somebody to decide. */
export async function reviewOf(datasetId: string, query: PairQuery): Promise<ReviewAnswer> {
  const sides = await readSides(datasetId)
  const pair = choosePair(sides, query)
  if (pair === null) return { sides: sides.map(sideLine), pair: null, common: 0, open: 0, settled: 0, items: [] }
  const table = tableOfSides(pair)
  const [a = [], b = []] = table.ratings
  const auditIDs = disagreements(a, b).map((unit) => table.units[unit] as string)
  const [lines, standing] = [await firstLines(datasetId, auditIDs), await standingOf(datasetId)]
  const all = auditIDs.flatMap((auditID): ReviewItem[] => {
    const [request, first, second] = [lines.get(auditID), pair[0].ratings.get(auditID), pair[1].ratings.get(auditID)]
    if (!request || !first || !second) return []
    const now = standing.get(auditID) ?? toRequestLabel(blankState(auditID))
    return [{ request, a: first, b: second, now, settled: now.standing === 'reviewed' }]
  })
  const items = all.sort((x, y) => Number(x.settled) - Number(y.settled) || (x.request.receivedMicros ?? Infinity) - (y.request.receivedMicros ?? Infinity) || x.request.seq - y.request.seq)
  const settled = items.filter((item) => item.settled).length
  return { sides: sides.map(sideLine), pair: { a: pair[0].key, b: pair[1].key }, common: table.units.length, open: items.length - settled, settled, items: items.slice(0, MOST_ITEMS) }
}

async function standingOf(datasetId: string): Promise<Map<string, ReturnType<typeof toRequestLabel>>> {
  const { labels } = await labelsSince({ datasetId, assignment: null }, 0)
  return new Map(labels.map((label) => [label.auditID, label]))
}
