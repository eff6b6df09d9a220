import { FONT, INK, millimetres, TEXT, type FigureWidth } from './theme'

interface About { readonly title: string; readonly description: string; readonly width: FigureWidth }

const NAME = /^[a-zA-Z][a-zA-Z0-9:-]*$/
/** What a picture consists of; nothing else leaves here, whatever a library draws. */
const KEPT: ReadonlySet<string> = new Set(['g', 'path', 'line', 'text', 'tspan', 'rect', 'circle', 'polygon'])

/** An element drawn by Plot as a file of its own: sized in millimetres, described, without style sheets, every text and attribute escaped. */
export function standaloneSvg(svg: Element, { title, description, width }: About): string {
  const [wide, high] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))]
  const mm = millimetres(width)
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${mm}mm" height="${round((mm * high) / wide)}mm" viewBox="0 0 ${wide} ${high}" role="img" font-family="${FONT}" font-size="${TEXT}" fill="${INK}" color="${INK}" text-anchor="middle">`
  const about = `<title>${escapeXml(title)}</title>\n<desc>${escapeXml(description)}</desc>\n<rect width="${wide}" height="${high}" fill="#fff"/>`
  return `${open}\n${about}\n${[...svg.children].map(write).filter((text) => text !== '').join('\n')}\n</svg>\n`
}

function write(element: Element): string {
  const tag = element.tagName.toLowerCase()
  if (!KEPT.has(tag)) return ''
  const attributes = [...element.attributes].filter(({ name: key }) => NAME.test(key) && !/^(on|aria-|class$|style$|id$|href$|xlink:)/i.test(key)).map(({ name: key, value }) => ` ${key}="${escapeXml(rounded(value))}"`).toSorted().join('')
  const inner = [...element.childNodes].map((node) => (node.nodeType === 1 ? write(node as Element) : node.nodeType === 3 ? escapeXml(node.textContent ?? '') : '')).join('')
  return inner === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${inner}</${tag}>`
}

/** Two places after the point are a hundredth of a pixel. */
function rounded(value: string): string {
  return value.replace(/-?\d+\.\d{3,}/g, (number) => String(round(Number(number))))
}

const round = (value: number): number => Math.round(value * 100) / 100

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
}
