import { printDocument, readPicture } from '@/lib/figures/document.node.ts'
import { drawFigure, isPicture } from '@/lib/figures/draw'
import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { asNumbers, type Drawing } from '../report-markup'

/** Print type is small on a screen. */
const ENLARGED = 1.5
const PLAIN_ATTRIBUTE = /^[a-zA-Z][a-zA-Z0-9-]*$/

/** Draws the figures of reports as they are drawn for print, as elements: dark on white, whatever stands around them. */
export function printDrawing(): Drawing {
  const document = printDocument()
  return (item) => {
    if (!isPicture(item.body)) return asNumbers(item)
    return enlarged(toMarkup(readPicture(drawFigure({ ...item, body: item.body }, document))), safeText(item.title, 300))
  }
}

/** Said beside the picture by its label, title and caption. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(['title', 'desc'])

function toMarkup(element: Element): MarkupElement {
  const attributes = [...element.attributes].filter(({ name }) => PLAIN_ATTRIBUTE.test(name) && name !== 'xmlns').map(({ name, value }) => [name, value] as const)
  const shapes = [...element.children].filter((child) => !SAID_ELSEWHERE.has(child.tagName.toLowerCase()))
  // White space between shapes draws nothing, and pages that are hydrated would have to find it again.
  const children: readonly Markup[] = shapes.length > 0 ? shapes.map(toMarkup) : [element.textContent ?? ''].filter((text) => text !== '')
  return el(element.tagName.toLowerCase(), Object.fromEntries(attributes), children)
}

function enlarged(svg: MarkupElement, label: string): MarkupElement {
  const [, , width = 0, height = 0] = (svg.attributes.viewBox ?? '').split(' ').map(Number)
  return { ...svg, attributes: { ...svg.attributes, class: 'printed', 'aria-label': label, width: String(Math.round(width * ENLARGED)), height: String(Math.round(height * ENLARGED)) } }
}
