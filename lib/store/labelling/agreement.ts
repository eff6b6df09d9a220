import { groupNumbers } from '@/lib/experiments/compare/bootstrap'
import type { AgreementAnswer, PairDetail, SideLine } from '@/lib/labelling/agreement/answers'
import { disagreementMatrix } from '@/lib/labelling/agreement/disagreements'
import { measureAgreement, type AgreementReport } from '@/lib/labelling/agreement/measure'
import type { AgreementPart } from '@/lib/labelling/agreement/ratings'
import { choosePair, tableOfSides, type Side, type SideTable } from '@/lib/labelling/agreement/sides'
import { breather } from '@/lib/model/breather'
import { firstLines } from './first-lines'
import { readSides } from './sides'

/** Resamples are drawn by it: the same labels always give the same intervals. */
const SEED = 1
/** Some 200 bytes each. */
const MOST_LINES = 2000

export interface PairQuery { readonly a?: string | undefined; readonly b?: string | undefined; readonly part?: AgreementPart | undefined }

/** Who agrees with whom on a data set, and where two of them do not. */
export async function agreementOf(datasetId: string, query: PairQuery): Promise<AgreementAnswer> {
  const sides = await readSides(datasetId)
  const people = tableOfSides(sides.filter((side) => side.people && side.ratings.size > 0))
  const pair = choosePair(sides, query)
  return { sides: sides.map(sideLine), people: people.units.length === 0 ? null : await measure(people, sides), pair: pair && await pairDetail(datasetId, pair, query.part ?? 'whole', sides) }
}

export function sideLine({ key, name, people, ratings }: Side): SideLine {
  return { key, name, people, rated: ratings.size }
}

async function pairDetail(datasetId: string, pair: readonly [Side, Side], part: AgreementPart, sides: readonly Side[]): Promise<PairDetail> {
  const table = tableOfSides(pair)
  const [a = [], b = []] = table.ratings
  const matrix = disagreementMatrix(a, b, part)
  const different = matrix.cells.filter((cell) => cell.a !== cell.b).flatMap(({ units }) => units).slice(0, MOST_LINES)
  const lines = await firstLines(datasetId, different.map((unit) => table.units[unit] as string))
  return { a: pair[0].key, b: pair[1].key, part, report: await measure(table, sides), matrix, auditIDs: table.units, lines: [...lines.values()] }
}

/** Requests of one context stand or fall together: whole contexts are drawn, as the first side that knows one has them. */
function measure(table: SideTable, sides: readonly Side[]): Promise<AgreementReport> {
  const contextOf = (auditID: string): string | null => sides.map((side) => side.ratings.get(auditID)?.context ?? null).find((context) => context !== null) ?? null
  return measureAgreement(table, { seed: SEED, groups: groupNumbers(table.units.map(contextOf)), breathe: breather() })
}
