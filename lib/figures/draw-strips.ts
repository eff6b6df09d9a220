import { axisX, plot, rect, text } from '@observablehq/plot'
import { scaleHead } from '@/lib/experiments/report/as-table'
import type { Strip, StripsBody } from '@/lib/experiments/report/report-types'
import { cellFigure } from './labels'
import { nothingYet } from './nothing-yet'
import { inkOn, rangeOf, shade } from './shade'
import { frame, INK, SMALL } from './theme'

const ROW = 17

/** One row a k, cut into its folds where they stand in the log. */
export function drawStrips({ value, strips }: StripsBody, document: Document, width: number): Element {
  const ks = [...new Set(strips.map(({ k }) => k))].toSorted((a, b) => a - b)
  const range = rangeOf(strips.map(({ mean }) => mean))
  const size = { width, height: 56 + Math.max(1, ks.length) * ROW, left: 32, right: 8, top: 20, bottom: 34 }
  const room = (one: Strip): number => (one.to - one.from) * (size.width - size.left - size.right)
  const place = (k: number): number => ks.indexOf(k)
  return plot({
    ...frame(document, size),
    x: { domain: [0, 100], label: 'place in the log (% of its lines)', labelAnchor: 'center', labelArrow: 'none', axis: null },
    y: { domain: [0, Math.max(1, ks.length)], axis: null },
    color: { type: 'identity' },
    marks: [
      ...nothingYet(strips.length),
      axisX([0, 20, 40, 60, 80, 100], { label: 'place in the log (% of its lines)', labelAnchor: 'center', labelArrow: 'none', tickSize: 3 }),
      rect(strips, { x1: (one: Strip) => one.from * 100, x2: (one: Strip) => one.to * 100, y1: (one: Strip) => ks.length - place(one.k) - 0.06, y2: (one: Strip) => ks.length - place(one.k) - 0.94, fill: (one: Strip) => shade(one.mean, range), inset: 0.4 }),
      text(strips.filter((one) => room(one) > 20), { x: (one: Strip) => (one.from + one.to) * 50, y: (one: Strip) => ks.length - place(one.k) - 0.5, text: (one: Strip) => cellFigure(one.mean, value.domain, 2), fill: (one: Strip) => inkOn(one.mean, range), fontSize: SMALL }),
      text(ks.map((k) => ({ k })), { x: 0, y: ({ k }: { k: number }) => ks.length - place(k) - 0.5, text: 'k', dx: -6, textAnchor: 'end', fill: INK }),
      text(['k'], { frameAnchor: 'top-left', dx: -6, dy: -16, textAnchor: 'end', fill: INK }),
      text([`${scaleHead(value)}: darker is higher, ${cellFigure(range[0], value.domain, 2)} to ${cellFigure(range[1], value.domain, 2)}`], { frameAnchor: 'top-left', dy: -16, fontSize: SMALL, fill: INK }),
    ],
  })
}
