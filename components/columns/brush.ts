import { readList, writeList } from '@/components/url/list-codec'
import type { Column } from './column'
import { keepAmong, type Mask } from './filter-rows'

/** What is kept of an axis: a stretch of numbers, both ends kept, or some words. */
export type Brush =
  | { readonly key: string; readonly low: number; readonly high: number }
  | { readonly key: string; readonly words: readonly string[] }

/** `window:20..60,protocol:=paper` */
export function readBrushes(text: string | null): Brush[] {
  return readList(text).flatMap((item): Brush[] => {
    const [, key = '', words, low, high] = /^([\w.]{1,80}):(?:=(.*)|(-?[\d.e+-]+)\.\.(-?[\d.e+-]+))$/su.exec(item) ?? []
    if (words !== undefined) return [{ key, words: readList(words) }]
    const range = [Number(low), Number(high)] as const
    return key !== '' && range.every(Number.isFinite) ? [{ key, low: range[0], high: range[1] }] : []
  })
}

export function writeBrushes(brushes: readonly Brush[]): string {
  return writeList(brushes.map((brush) => ('words' in brush ? `${brush.key}:=${writeList(brush.words)}` : `${brush.key}:${brush.low}..${brush.high}`)))
}

/** Drops from the mask what the brushes do not hold. */
export function keepBrushed(mask: Mask, brushes: readonly Brush[], columns: ReadonlyMap<string, Column>): void {
  for (const brush of brushes) {
    const column = columns.get(brush.key)
    if ('words' in brush) keepAmong(mask, column, brush.words)
    else if (column?.kind === 'number') column.values.forEach((value, row) => {
      if (!(value >= brush.low && value <= brush.high)) mask[row] = 0
    })
    else if (column) mask.fill(0)
  }
}
