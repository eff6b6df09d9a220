import type { DrawnBox, DrawnEdge, DrawnTree } from './draw-tree'

/** Colours of a file that stands by itself; the page draws the same shapes with its own. */
const STYLE = `text{font:12px system-ui,sans-serif;fill:#18181b}.n{font-size:11px;fill:#63636d}.t{font-weight:600}.b{fill:#fff;stroke:#8a8a93}.l{fill:#eff4ff;stroke:#2563eb}.c{fill:#fafafa;stroke:#8a8a93;stroke-dasharray:4 3}.e{fill:none;stroke:#8a8a93}.p{fill:#2563eb}`
const LOOK = { question: 'b', leaf: 'l', cut: 'c' } as const

/** A drawn tree as an SVG file of its own: counts and purity in every box, the answer on every edge, all of a shortened text on hover. */
export function treeSvg(drawn: DrawnTree, title: string): string {
  const head = 28
  const size = `width="${drawn.width}" height="${drawn.height + head}" viewBox="0 ${-head} ${drawn.width} ${drawn.height + head}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    `<rect y="${-head}" width="${drawn.width}" height="${drawn.height + head}" fill="#fff"/>`,
    `<text class="t" x="8" y="-10">${escaped(title)}</text>`,
    ...drawn.edges.map(edge),
    ...drawn.boxes.map(box),
    '</svg>', '',
  ].join('\n')
}

function edge({ x1, y1, x2, y2, text, full, share }: DrawnEdge): string {
  const said = `<text class="n" x="${x2 - 6}" y="${y2 - 4}" text-anchor="end">${escaped(text)}<title>${escaped(full)}</title></text>`
  return `<path class="e" d="${edgePath({ x1, y1, x2, y2 })}" stroke-width="${edgeWidth(share)}"/>${said}`
}

/** Out of the question, up or down, and on into the answer. */
export function edgePath({ x1, y1, x2, y2 }: Pick<DrawnEdge, 'x1' | 'y1' | 'x2' | 'y2'>): string {
  return `M${x1} ${y1}h10V${y2}H${x2}`
}

/** Much-used ways are drawn thicker. */
export function edgeWidth(share: number): number {
  return Math.round((1 + 4 * Math.sqrt(share)) * 10) / 10
}

function box({ x, y, width, height, kind, title, note, purity, full }: DrawnBox): string {
  const bar = kind === 'question' ? '' : `<rect class="p" x="${x}" y="${y + height - 3}" width="${Math.round(width * purity)}" height="3"/>`
  return `<g><title>${escaped(full)}</title><rect class="${LOOK[kind]}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>${bar}<text class="t" x="${x + 8}" y="${y + 15}">${escaped(title)}</text><text class="n" x="${x + 8}" y="${y + 30}">${escaped(note)}</text></g>`
}

/** Values come from logs: nothing in them may become markup. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
