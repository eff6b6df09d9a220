import type { LineFacets } from './line-facets'
import { OUTCOMES, outcomeOf } from './outcomes'
import type { PairedLines } from './paired-lines'

/** Lines to look at, as columns of equal length: thousands travel at once. Words are places in `words`, -1 for none. */
export interface LineColumns {
  readonly labels: readonly string[]
  readonly words: readonly string[]
  /** Lines compared; there are fewer here when those that both have right were too many. */
  readonly of: number
  readonly auditID: readonly string[]
  readonly seq: readonly number[]
  readonly micros: readonly (number | null)[]
  readonly code: readonly (number | null)[]
  readonly outcome: readonly number[]
  readonly want: readonly number[]
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly confidenceA: readonly number[]
  readonly confidenceB: readonly number[]
  readonly verb: readonly number[]
  readonly user: readonly number[]
  readonly resource: readonly number[]
  readonly object: readonly number[]
  readonly agent: readonly number[]
  readonly context: readonly number[]
}

const TEXTS = ['verb', 'user', 'resource', 'object', 'agent', 'context'] as const
const BOTH = OUTCOMES.indexOf('both')

/** In order of the log. Of more than `most` lines, those that both have right go first. */
export function lineColumns(pairs: PairedLines, facets: readonly (LineFacets | undefined)[], most: number): LineColumns {
  const outcomes = Int8Array.from(pairs.want, (_, line) => OUTCOMES.indexOf(outcomeOf(pairs, line)))
  const kept = chosen(outcomes, most).sort((x, y) => (facets[x]?.micros ?? Infinity) - (facets[y]?.micros ?? Infinity) || (facets[x]?.seq ?? 0) - (facets[y]?.seq ?? 0) || x - y)
  const words = new Map<string, number>()
  const word = (text: string | null | undefined): number => {
    if (text === null || text === undefined) return -1
    const place = words.get(text) ?? words.size
    words.set(text, place)
    return place
  }
  const column = <T>(of: (line: number) => T): T[] => kept.map(of)
  const share = (values: Float32Array) => (line: number): number => Math.round((values[line] as number) * 1e4) / 1e4
  const texts = Object.fromEntries(TEXTS.map((name) => [name, column((line) => word(facets[line]?.[name]))])) as Record<(typeof TEXTS)[number], number[]>
  return {
    labels: pairs.labels,
    of: pairs.want.length,
    auditID: column((line) => pairs.auditIDs[line] as string),
    seq: column((line) => facets[line]?.seq ?? -1),
    micros: column((line) => facets[line]?.micros ?? null),
    code: column((line) => facets[line]?.code ?? null),
    outcome: column((line) => outcomes[line] as number),
    want: column((line) => pairs.want[line] as number),
    a: column((line) => pairs.a[line] as number),
    b: column((line) => pairs.b[line] as number),
    confidenceA: column(share(pairs.confidenceA)),
    confidenceB: column(share(pairs.confidenceB)),
    ...texts,
    words: [...words.keys()],
  }
}

function chosen(outcomes: Int8Array, most: number): number[] {
  const lines = Array.from(outcomes, (_, line) => line)
  if (lines.length <= most) return lines
  const [wrong, right] = [lines.filter((line) => outcomes[line] !== BOTH), lines.filter((line) => outcomes[line] === BOTH)]
  return [...wrong, ...right].slice(0, most)
}
