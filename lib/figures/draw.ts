import { visibleText } from '@/lib/contexts/visible-text'
import type { ReportBody, ReportItem } from '@/lib/experiments/report/report-types'
import { drawBars } from './draw-bars'
import { drawHeat } from './draw-heat'
import { drawLines } from './draw-lines'
import { drawScatter } from './draw-scatter'
import { drawStrips } from './draw-strips'
import { standaloneSvg } from './standalone'
import { pixels, type FigureWidth } from './theme'

/** Bodies that are pictures. */
export type PictureBody = Exclude<ReportBody, { kind: 'table' }>

export function isPicture(body: ReportBody): body is PictureBody {
  return body.kind !== 'table'
}

/** What a picture needs to be read: folds and long names take both columns. */
export function usualWidth(body: PictureBody): FigureWidth {
  return body.kind === 'strips' || (body.kind === 'heat' && body.x.values.length > 6) ? 'full' : 'column'
}

/**
 * A figure of a report for print, as an SVG file's text: vector, on white, in type of 7.5 points, readable without colour.
 * `document` is the browser's, or `printDocument()` of `document.node.ts`; it is only used to make elements.
 */
export function drawFigure(item: Pick<ReportItem, 'title' | 'caption' | 'protocol'> & { readonly body: PictureBody }, document: Document, width: FigureWidth = usualWidth(item.body)): string {
  const element = elementOf(item.body, document, pixels(width))
  return standaloneSvg(element, { title: visibleText(item.title), description: visibleText([item.caption, item.protocol].filter(Boolean).join(' ')), width })
}

function elementOf(body: PictureBody, document: Document, width: number): Element {
  switch (body.kind) {
    case 'lines': return drawLines(body, document, width)
    case 'heat': return drawHeat(body, document, width)
    case 'strips': return drawStrips(body, document, width)
    case 'bars': return drawBars(body, document, width)
    case 'scatter': return drawScatter(body, document, width)
  }
}
