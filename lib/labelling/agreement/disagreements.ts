import { perClass, type ClassScore } from '@/lib/model/metrics/classification'
import { compare, Confusion } from '@/lib/model/metrics/confusion'
import { classOf, type AgreementPart, type Rating } from './ratings'

/** How often one rater said `a` where the other said `b`, and of which units. */
export interface MatrixCell {
  readonly a: string
  readonly b: string
  readonly count: number
  readonly units: readonly number[]
}

export interface DisagreementMatrix {
  readonly part: AgreementPart
  /** Units that both rated, and those of which both said the same. */
  readonly units: number
  readonly agreed: number
  /** Cells above zero, the diagonal too, largest first. */
  readonly cells: readonly MatrixCell[]
  /** Each class with how often either said it; `f1` is the share of specific agreement (Dice), the same whichever rater comes first. */
  readonly classes: readonly ClassScore[]
}

/** What two raters said, against each other. Both lists have one place a unit. @throws RangeError where they are of unequal length */
export function disagreementMatrix(a: readonly (Rating | null)[], b: readonly (Rating | null)[], part: AgreementPart): DisagreementMatrix {
  if (a.length !== b.length) throw new RangeError(`${a.length} ratings against ${b.length}`)
  const confusion = new Confusion()
  const cells = new Map<string, { a: string; b: string; units: number[] }>()
  a.forEach((first, unit) => {
    const second = b[unit] ?? null
    if (first === null || second === null) return
    const [one, other] = [classOf(first, part), classOf(second, part)]
    confusion.add(one, other)
    const key = JSON.stringify([one, other])
    const cell = cells.get(key) ?? { a: one, b: other, units: [] }
    cell.units.push(unit)
    cells.set(key, cell)
  })
  const sorted = [...cells.values()].map((cell) => ({ ...cell, count: cell.units.length })).sort((x, y) => y.count - x.count || compare(x.a, y.a) || compare(x.b, y.b))
  return { part, units: confusion.total, agreed: confusion.margins().agreed, cells: sorted, classes: perClass(confusion) }
}

/** The units of which two raters said different things, in order. `role` counts too: a consequence taken for a trigger bears the same label. */
export function disagreements(a: readonly (Rating | null)[], b: readonly (Rating | null)[]): number[] {
  return a.flatMap((first, unit) => {
    const second = b[unit] ?? null
    if (first === null || second === null) return []
    return classOf(first, 'whole') !== classOf(second, 'whole') || (first.role !== null && second.role !== null && first.role !== second.role) ? [unit] : []
  })
}
