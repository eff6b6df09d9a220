import { cell, plot, text } from '@observablehq/plot'
import { scaleHead } from '@/lib/experiments/report/as-table'
import type { HeatBody, HeatCell } from '@/lib/experiments/report/report-types'
import { cellFigure } from './labels'
import { nothingYet } from './nothing-yet'
import { inkOn, rangeOf, shade } from './shade'
import { frame, INK, SMALL } from './theme'

/** A cell for each pair of values with its figure in it; the published one below it, in italics; one that is only published is hollow and dashed. */
export function drawHeat({ x, y, value, cells }: HeatBody, document: Document, width: number): Element {
  const height = 40 + Math.max(2, y.values.length) * Math.min(34, (width - 60) / Math.max(2, x.values.length)) + 16
  const ours = cells.filter(({ values }) => values.length > 0)
  const paper = cells.filter(({ values }) => values.length === 0)
  const range = rangeOf(ours.map(({ mean }) => mean))
  const dy = (one: HeatCell): number => (one.published === null || one.values.length === 0 ? 0 : -5)
  const at = { x: (one: HeatCell) => String(one.x), y: (one: HeatCell) => String(one.y) }
  const figures = (of: readonly HeatCell[]) => [...new Set(of.map(dy))].map((shift) => text(of.filter((one) => dy(one) === shift), { ...at, dy: shift, text: (one: HeatCell) => cellFigure(one.mean, value.domain), fill: (one: HeatCell) => inkOn(one.mean, range), fontSize: SMALL }))
  return plot({
    ...frame(document, { width, height, left: 44, right: 8, top: 20, bottom: 34 }),
    x: { type: 'band', domain: x.values.map(String), label: x.title, labelAnchor: 'center', labelArrow: 'none', padding: 0.04, tickSize: 0 },
    y: { type: 'band', domain: y.values.map(String), label: y.title, labelAnchor: 'center', labelArrow: 'none', padding: 0.04, tickSize: 0 },
    color: { type: 'identity' },
    marks: [
      ...nothingYet(cells.length),
      cell(ours, { ...at, fill: (one: HeatCell) => shade(one.mean, range) }),
      cell(paper, { ...at, fill: 'none', stroke: INK, strokeDasharray: '3 2', inset: 0.5 }),
      ...figures(ours),
      text(paper, { ...at, text: (one: HeatCell) => `(${cellFigure(one.mean, value.domain)})`, fontStyle: 'italic', fontSize: SMALL }),
      text(ours.filter(({ published }) => published !== null), { ...at, dy: 6, text: (one: HeatCell) => `(${cellFigure(one.published ?? NaN, value.domain)})`, fill: (one: HeatCell) => inkOn(one.mean, range), fontStyle: 'italic', fontSize: SMALL }),
      text([`${scaleHead(value)}, darker is higher${cells.some(({ published }) => published !== null) ? '; (published)' : ''}`], { frameAnchor: 'top-left', dx: -38, dy: -16, fontSize: SMALL, fill: INK }),
    ],
  })
}
