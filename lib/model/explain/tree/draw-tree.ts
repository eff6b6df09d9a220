import { visibleText } from '@/lib/contexts/visible-text'
import { answerText, featureText, namedLeaves, type TreeNode } from './named-tree'

/** One box of a drawn tree, in pixels of the drawing. */
export interface DrawnBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly kind: 'question' | 'leaf' | 'cut'
  /** First line: the question's feature, the leaf's label, or what is cut. */
  readonly title: string
  /** Second line: lines and purity. */
  readonly note: string
  /** Share of the box's lines that bear its label. */
  readonly purity: number
  /** All of it, where the title is shortened. */
  readonly full: string
}

/** From the side of one box to the side of the next, with the answer that leads there. */
export interface DrawnEdge { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly text: string; readonly full: string; readonly share: number }

export interface DrawnTree { readonly width: number; readonly height: number; readonly boxes: readonly DrawnBox[]; readonly edges: readonly DrawnEdge[] }

export interface DrawOptions {
  /** Levels shown; what lies deeper is counted in "n more". */
  readonly depth: number
  /** How a verdict is told. */
  readonly label: (verdict: string) => string
}

const BOX = { width: 232, height: 38 } as const
const GAP = { x: 128, y: 10 } as const
const MARGIN = 8
/** Letters that fit at 12 pixels, in bold. */
const TITLE_LETTERS = 27
const EDGE_LETTERS = 16

/** Places a tree from left to right, one leaf a row, so that it scrolls as a list does; questions stand amid their answers. */
export function drawTree(root: TreeNode, options: DrawOptions): DrawnTree {
  const boxes: DrawnBox[] = []
  const edges: DrawnEdge[] = []
  let rows = 0
  const place = (node: TreeNode, level: number): DrawnBox => {
    const x = MARGIN + level * (BOX.width + GAP.x)
    const cut = level >= options.depth && node.question !== undefined
    if (!node.question || !node.yes || !node.no || cut) {
      const box = { ...about(node, root.lines, options, cut), x, y: MARGIN + rows++ * (BOX.height + GAP.y), width: BOX.width, height: BOX.height }
      boxes.push(box)
      return box
    }
    const children = [place(node.yes, level + 1), place(node.no, level + 1)] as const
    const box = { ...about(node, root.lines, options, false), x, y: (children[0].y + children[1].y) / 2, width: BOX.width, height: BOX.height }
    boxes.push(box)
    for (const [i, child] of children.entries()) {
      const full = visibleText(answerText(node.question, i === 0 ? 'yes' : 'no'))
      const below = i === 0 ? node.yes : node.no
      edges.push({ x1: x + BOX.width, y1: box.y + BOX.height / 2, x2: child.x, y2: child.y + BOX.height / 2, text: shortened(full, EDGE_LETTERS), full, share: below.lines / Math.max(1, root.lines) })
    }
    return box
  }
  place(root, 0)
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  return { width: right + MARGIN, height: MARGIN * 2 + rows * (BOX.height + GAP.y) - GAP.y, boxes, edges }
}

function about(node: TreeNode, all: number, { label }: DrawOptions, cut: boolean): Pick<DrawnBox, 'kind' | 'title' | 'note' | 'purity' | 'full'> {
  const share = percent(node.lines / Math.max(1, all))
  const said = visibleText(label(node.label))
  const note = `${count(node.lines)} lines (${share}), ${percent(node.purity)}`
  if (cut) return { kind: 'cut', title: `${count(namedLeaves(node))} more`, note: `${note} ${shortened(said, 12)}`, purity: node.purity, full: `${count(namedLeaves(node))} more leaves, mostly ${said}` }
  if (!node.question) return { kind: 'leaf', title: shortened(said, TITLE_LETTERS), note: `${note} pure`, purity: node.purity, full: said }
  const feature = visibleText(featureText(node.question))
  return { kind: 'question', title: tail(feature, TITLE_LETTERS), note, purity: node.purity, full: `${feature}? ${note} ${said}` }
}

function shortened(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text
}

/** The end of a feature's name tells more than its beginning. */
function tail(text: string, letters: number): string {
  return text.length > letters ? `…${text.slice(text.length - letters + 1)}` : text
}

export const count = (value: number): string => value.toLocaleString('en')

/** Never rounds up to 100 nor down to 0. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '< 1 %'
  if (share < 1 && share > 0.995) return '> 99 %'
  return `${Math.round(share * 100)} %`
}
