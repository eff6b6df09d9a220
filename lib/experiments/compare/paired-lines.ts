import { AuditweaveError } from '@/lib/audit/errors'
import type { LineAnswers } from '../line-answers'

/** The lines that two runs both answered and want the same of: parallel arrays, places in `labels`. */
export interface PairedLines {
  readonly auditIDs: readonly string[]
  readonly labels: readonly string[]
  readonly want: Int32Array
  readonly a: Int32Array
  readonly b: Int32Array
  readonly confidenceA: Float32Array
  readonly confidenceB: Float32Array
  /** Test lines of one run alone. */
  readonly onlyInA: number
  readonly onlyInB: number
  /** Lines left out because they were labelled anew between the runs. */
  readonly relabelled: number
}

/** Joins two runs' answers by auditID, in A's order. @throws AuditweaveError 'no-common-lines' */
export function pairLines(a: LineAnswers, b: LineAnswers): PairedLines {
  const placeOf = new Map<string, number>()
  const merge = (answers: LineAnswers): number[] => answers.labels.map((label) => {
    const place = placeOf.get(label) ?? placeOf.size
    placeOf.set(label, place)
    return place
  })
  const [labelsA, labelsB] = [merge(a), merge(b)]
  const lineInB = new Map(b.auditIDs.map((id, line) => [id, line]))
  const pairs = a.auditIDs.flatMap((id, line): (readonly [number, number])[] => {
    const other = lineInB.get(id)
    return other === undefined ? [] : [[line, other]]
  })
  if (pairs.length === 0) throw new AuditweaveError('no-common-lines', `The two runs were tested on other lines: none of the ${a.auditIDs.length} of the one is among the ${b.auditIDs.length} of the other. Compare runs of one data set, protocol, split and seed.`)
  const at = (places: Int32Array, line: number, labels: readonly number[]): number => labels[places[line] as number] as number
  const kept = pairs.filter(([left, right]) => at(a.want, left, labelsA) === at(b.want, right, labelsB))
  return {
    auditIDs: kept.map(([line]) => a.auditIDs[line] as string),
    labels: [...placeOf.keys()],
    want: Int32Array.from(kept, ([line]) => at(a.want, line, labelsA)),
    a: Int32Array.from(kept, ([line]) => at(a.got, line, labelsA)),
    b: Int32Array.from(kept, ([, line]) => at(b.got, line, labelsB)),
    confidenceA: Float32Array.from(kept, ([line]) => a.confidence[line] as number),
    confidenceB: Float32Array.from(kept, ([, line]) => b.confidence[line] as number),
    onlyInA: a.auditIDs.length - pairs.length,
    onlyInB: b.auditIDs.length - pairs.length,
    relabelled: pairs.length - kept.length,
  }
}
