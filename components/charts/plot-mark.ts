import type { RunValue } from '@/lib/experiments/report/report-types'

/** One thing of a chart that can be pointed at: what it says exactly, and the runs behind it. Places are pixels of the drawing. */
export interface PlotMark {
  readonly key: string
  readonly x: number
  readonly y: number
  /** Where it stands: "W 25, paper protocol". */
  readonly title: string
  /** What it says, with unit and deviation. */
  readonly value: string
  /** Said below the value, a line each: the published value, the baseline. */
  readonly notes: readonly string[]
  readonly runs: readonly RunValue[]
  readonly format: (value: number) => string
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

const AHEAD: Readonly<Record<Direction, (dx: number, dy: number) => readonly [ahead: number, aside: number]>> = {
  ArrowLeft: (dx, dy) => [-dx, dy],
  ArrowRight: (dx, dy) => [dx, dy],
  ArrowUp: (dx, dy) => [-dy, dx],
  ArrowDown: (dx, dy) => [dy, dx],
}

/** The mark that an arrow key leads to: the nearest in that direction, what lies aside counting twice; the same one where there is none. */
export function neighbour(marks: readonly PlotMark[], from: PlotMark, direction: Direction): PlotMark {
  let best = from
  let least = Number.POSITIVE_INFINITY
  for (const mark of marks) {
    const [ahead, aside] = AHEAD[direction](mark.x - from.x, mark.y - from.y)
    const distance = ahead + 2 * Math.abs(aside)
    // half a pixel, so that marks which stand on each other can be told apart by their order alone
    if (mark.key !== from.key && ahead > 0.5 && distance < least) {
      best = mark
      least = distance
    }
  }
  return best
}

/** What screen readers hear of a mark. */
export function markText(mark: PlotMark): string {
  const runs = mark.runs.length === 0 ? '' : mark.runs.length === 1 ? `, run ${mark.runs[0]?.number ?? ''}` : `, ${mark.runs.length} runs`
  return [`${mark.title}: ${mark.value}${runs}`, ...mark.notes].join('; ')
}
