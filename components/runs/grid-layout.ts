import type { Column } from '@/components/columns/column'

const WIDTHS: Readonly<Record<string, number>> = { number: 72, name: 168, state: 122, protocol: 84, window: 64, seed: 64, epochsDone: 70, created: 104, started: 104, finished: 104, experiment: 120, tags: 150, note: 220, measured: 260, early: 180 }
const SELECT = 34
const FIGURE = 88
const WORD = 110
/** Room for "+0.0123 ▲". */
const DELTA = 78
/** Room for "± 0.0012". */
const DEVIATION = 64

/** What is measured, and so compared with a baseline and averaged; settings are not. */
export function isFigure(column: Column): boolean {
  return column.from === 'figures' || column.from === 'timings'
}

/** Widths of the columns as a grid's template, and their sum; only columns of words grow. */
export function gridLayout(columns: readonly Column[], more: { readonly deltas: boolean; readonly deviations: boolean }): { readonly template: string; readonly width: number } {
  const widths = columns.map((column) => {
    const figure = isFigure(column)
    const duration = column.key.endsWith('Seconds') ? 16 : 0
    const width = WIDTHS[column.key] ?? (column.kind === 'number' ? FIGURE + duration : WORD)
    return width + (figure && more.deltas ? DELTA + duration * 2 : 0) + (figure && more.deviations ? DEVIATION : 0)
  })
  const tracks = columns.map((column, place) => (column.kind === 'number' ? `${widths[place]}px` : `minmax(${widths[place]}px, ${(widths[place] ?? 0) * 1.6}fr)`))
  return { template: [`${SELECT}px`, ...tracks].join(' '), width: widths.reduce((sum, width) => sum + width, SELECT) }
}
