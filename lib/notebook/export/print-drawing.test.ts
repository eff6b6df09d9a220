import { expect, it } from 'vitest'
import type { ReportItem } from '@/lib/experiments/report/report-types'
import { toHtml } from '@/lib/export/markup'
import { printDocument } from '@/lib/figures/document.node.ts'
import { drawFigure } from '@/lib/figures/draw'
import { printDrawing } from './print-drawing.node.ts'

const point = (x: number, value: number) => ({ x, mean: value, deviation: null, values: [{ run: 'r', number: 1, seed: 1, value }] })
const body = {
  kind: 'lines', x: { title: 'Window', unit: 'lines', scale: 'linear', domain: null }, y: { title: 'F1', unit: null, scale: 'linear', domain: [0, 1] },
  series: [{ key: 'a', title: 'a <b>', published: false, points: [point(5, 0.8), point(10, 0.9)] }],
} as const

it('keeps every stroke, mark and word of a picture when it becomes part of a page', () => {
  const item: ReportItem = { id: 'f1', title: 'F1', caption: '', protocol: '', body }
  const [file, html] = [drawFigure({ ...item, body }, printDocument()), toHtml([printDrawing()(item)].flat())]
  for (const mark of [/<line[^>]* x1="/g, /<path[^>]* d="/g, /<circle[^>]* cx="/g, /<text/g]) {
    expect(file.match(mark)?.length, String(mark)).toBeGreaterThan(0)
    expect(html.match(mark)?.length, String(mark)).toBe(file.match(mark)?.length)
  }
  expect(html).toContain('a &lt;b&gt;')
})
