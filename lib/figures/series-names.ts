import { dot, text } from '@observablehq/plot'
import type { BarsBody } from '@/lib/experiments/report/report-types'
import { INK, lookOf, markOf, SMALL, textWidth } from './theme'

/** Height of a row of names. */
export const NAME_ROW = 12

type Series = BarsBody['series']
interface Placed { readonly title: string; readonly index: number; readonly published: boolean; readonly x: number; readonly row: number }

/** How many rows the names of the series take above a picture; one series needs none. */
export function nameRows(series: Series, width: number): number {
  return series.length < 2 ? 0 : 1 + Math.max(...placed(series, width).map(({ row }) => row))
}

/** Names of the series with their marks, in rows above the picture. */
export function seriesNames(series: Series, { dots, left, width }: { readonly dots: boolean; readonly left: number; readonly width: number }) {
  if (series.length < 2) return []
  return placed(series, width).flatMap(({ title, index, published, x, row }) => {
    const look = lookOf(index, published)
    const rows = nameRows(series, width)
    const [dx, dy] = [x - left, (row - rows) * NAME_ROW + 1]
    return [
      dot([title], { frameAnchor: 'top-left', dx: dx + 4, dy, symbol: dots ? look.symbol : 'square', r: 3, ...markOf(look) }),
      text([title], { frameAnchor: 'top-left', dx: dx + 12, dy: dy - 4, text: (name: string) => name, fontSize: SMALL, fill: INK }),
    ]
  })
}

function placed(series: Series, width: number): Placed[] {
  let [x, row] = [4, 0]
  return series.map(({ title, published }, index) => {
    const room = textWidth(title, SMALL) + 24
    if (x > 4 && x + room > width) [x, row] = [4, row + 1]
    const at = { title, index, published, x, row }
    x += room
    return at
  })
}
