const COPIED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-opacity', 'fill-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'visibility'] as const

const marksOf = new WeakMap<SVGSVGElement, () => string>()

/** Says what a canvas behind a drawing shows, as SVG text that is made when a file is asked for; null takes it back. */
export function setMarks(svg: SVGSVGElement, marks: (() => string) | null): void {
  if (marks) marksOf.set(svg, marks)
  else marksOf.delete(svg)
}

/** The drawing as a file of its own: colours and type written into it, on the page's background, titled. */
export function standaloneSvg(svg: SVGSVGElement, title: string): string {
  const { width, height } = svg.getBoundingClientRect()
  const copy = svg.cloneNode(true) as SVGSVGElement
  const from = [svg, ...svg.querySelectorAll('*')]
  const to = [copy, ...copy.querySelectorAll('*')]
  from.forEach((element, index) => copyStyle(element, to[index]))
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height + TITLE))
  copy.setAttribute('viewBox', `0 ${-TITLE} ${width} ${height + TITLE}`)
  copy.prepend(titleOf(title, svg), backgroundOf(width, height + TITLE))
  const text = new XMLSerializer().serializeToString(copy)
  const marks = marksOf.get(svg)
  // Behind everything but the background.
  return marks ? text.replace(/<rect[^>]*?(?:\/>|><\/rect>)/, (background) => `${background}<g>${marks()}</g>`) : text
}

const TITLE = 28
const NS = 'http://www.w3.org/2000/svg'

function copyStyle(from: Element, to: Element | undefined): void {
  if (!to) return
  const style = getComputedStyle(from)
  for (const name of COPIED) to.setAttribute(name, style.getPropertyValue(name))
  to.removeAttribute('class')
  to.removeAttribute('style')
}

function titleOf(text: string, svg: SVGSVGElement): SVGTextElement {
  const title = document.createElementNS(NS, 'text')
  title.setAttribute('x', '8')
  title.setAttribute('y', '-10')
  title.setAttribute('font-family', getComputedStyle(svg).fontFamily)
  title.setAttribute('font-size', '13')
  title.setAttribute('font-weight', '600')
  title.setAttribute('fill', getComputedStyle(svg).color)
  title.textContent = text
  return title
}

function backgroundOf(width: number, height: number): SVGRectElement {
  const rect = document.createElementNS(NS, 'rect')
  rect.setAttribute('x', '0')
  rect.setAttribute('y', String(-TITLE))
  rect.setAttribute('width', String(width))
  rect.setAttribute('height', String(height))
  rect.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor)
  return rect
}

/** Draws the file at twice its size into a PNG. */
export async function svgToPng(svg: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * 2
  canvas.height = image.naturalHeight * 2
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw the picture. Save the SVG instead.')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser cannot write a PNG. Save the SVG instead.'))), 'image/png')
  })
}
