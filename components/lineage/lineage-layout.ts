import type { Lineage, LineageKind, LineageNode } from '@/lib/experiments/lineage'

export const BOX = { width: 196, height: 48, gapX: 44, gapY: 14 } as const
/** Boxes drawn in a column; the list below has all. */
const MOST_BOXES = 8

/** The columns from left to right; the last holds whatever uses a model or a run. */
export const COLUMNS: readonly { readonly title: string; readonly kinds: readonly LineageKind[] }[] = [
  { title: 'Data set', kinds: ['dataset'] },
  { title: 'Launch', kinds: ['experiment'] },
  { title: 'Run', kinds: ['run'] },
  { title: 'Model', kinds: ['model'] },
  { title: 'Used by', kinds: ['reconstruction', 'report', 'notebook'] },
]

export interface Box { readonly node: LineageNode; readonly key: string; readonly x: number; readonly y: number }
export interface Link { readonly key: string; readonly path: string; readonly own: boolean }
export interface Layout {
  readonly boxes: readonly Box[]
  readonly links: readonly Link[]
  /** Words below a column that has more than is drawn. */
  readonly more: readonly { readonly x: number; readonly y: number; readonly count: number }[]
  readonly width: number
  readonly height: number
}

/** Places the boxes: the one it begins with first, then those beside it, then the newest. */
export function layoutLineage(lineage: Lineage): Layout {
  const beside = new Set(lineage.edges.flatMap(({ from, to }) => (from === lineage.start ? [to] : to === lineage.start ? [from] : [])))
  const rank = (node: LineageNode): number => { const key = keyOf(node); return key === lineage.start ? 0 : beside.has(key) ? 1 : 2 }
  const boxes: Box[] = []
  const more: { x: number; y: number; count: number }[] = []
  COLUMNS.forEach(({ kinds }, column) => {
    const nodes = lineage.nodes.filter((node) => kinds.includes(node.kind)).sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    const x = column * (BOX.width + BOX.gapX)
    nodes.slice(0, MOST_BOXES).forEach((node, row) => boxes.push({ node, key: keyOf(node), x, y: row * (BOX.height + BOX.gapY) }))
    const left = nodes.length - Math.min(nodes.length, MOST_BOXES) + kinds.reduce((sum, kind) => sum + (lineage.more[kind] ?? 0), 0)
    if (left > 0) more.push({ x, y: Math.min(nodes.length, MOST_BOXES) * (BOX.height + BOX.gapY), count: left })
  })
  const height = Math.max(BOX.height, ...boxes.map((box) => box.y + BOX.height + BOX.gapY), ...more.map((one) => one.y + 20))
  return { boxes, links: linksOf(lineage, boxes), more, width: COLUMNS.length * (BOX.width + BOX.gapX) - BOX.gapX, height }
}

function linksOf(lineage: Lineage, boxes: readonly Box[]): Link[] {
  const at = new Map(boxes.map((box) => [box.key, box]))
  return lineage.edges.flatMap((edge): Link[] => {
    const [from, to] = [at.get(edge.from), at.get(edge.to)]
    if (!from || !to) return []
    const own = edge.from === lineage.start || edge.to === lineage.start
    const [y1, y2] = [from.y + BOX.height / 2, to.y + BOX.height / 2]
    const x1 = from.x + BOX.width
    // Of one column, as a clone and its run: round the right side.
    if (from.x === to.x) return [{ key: `${edge.from} ${edge.to}`, own, path: `M${x1} ${y1}C${x1 + 30} ${y1} ${x1 + 30} ${y2} ${x1} ${y2}` }]
    if (to.x - from.x > BOX.width + BOX.gapX) return [{ key: `${edge.from} ${edge.to}`, own, path: passing(x1, y1, to.x, y2, from.y + BOX.height + BOX.gapY / 2) }]
    const middle = (x1 + to.x) / 2
    return [{ key: `${edge.from} ${edge.to}`, own, path: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${to.x} ${y2}` }]
  })
}

/** Past the columns between, in the gap below the row, so that no box hides the line and it seems to end at none of them. */
function passing(x1: number, y1: number, x2: number, y2: number, lane: number): string {
  const half = BOX.gapX / 2
  return `M${x1} ${y1}C${x1 + half} ${y1} ${x1 + half} ${lane} ${x1 + BOX.gapX} ${lane}H${x2 - BOX.gapX}C${x2 - half} ${lane} ${x2 - half} ${y2} ${x2} ${y2}`
}

export function keyOf(node: LineageNode): string { return `${node.kind}/${node.id}` }

/** Where a node is looked at; null for what has no page of its own. */
export function hrefOf(node: LineageNode, lineage: Lineage): string | null {
  switch (node.kind) {
    case 'dataset': return `/datasets/${node.id}`
    case 'run': return `/runs/${node.id}`
    case 'model': return `/models/${node.id}`
    case 'notebook': return `/notebooks/${node.id}`
    case 'reconstruction': return null
    case 'experiment':
    case 'report': {
      const launch = lineage.nodes.find((other) => other.kind === 'experiment' && other.id === node.id)
      return launch ? `/experiments/${encodeURIComponent(launch.title)}?launch=${node.id}` : null
    }
  }
}
