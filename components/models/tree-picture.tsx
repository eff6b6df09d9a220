import type { DrawnBox, DrawnEdge, DrawnTree } from '@/lib/model/explain/tree/draw-tree'
import { edgePath, edgeWidth } from '@/lib/model/explain/tree/tree-svg'

/** A drawn tree in the page's colours; `zoom` scales it whole. */
export function TreePicture({ drawn, zoom, label }: { drawn: DrawnTree; zoom: number; label: string }) {
  return (
    <svg role="img" aria-label={label} width={drawn.width * zoom} height={drawn.height * zoom} viewBox={`0 0 ${drawn.width} ${drawn.height}`} className="block">
      {drawn.edges.map((edge, index) => <Edge key={index} edge={edge} />)}
      {drawn.boxes.map((box, index) => <Box key={index} box={box} />)}
    </svg>
  )
}

function Edge({ edge }: { edge: DrawnEdge }) {
  return (
    <g>
      <path d={edgePath(edge)} fill="none" stroke="var(--color-strong)" strokeWidth={edgeWidth(edge.share)} />
      <text x={edge.x2 - 6} y={edge.y2 - 5} textAnchor="end" fontSize={11} fill="var(--color-dim)"><title>{edge.full}</title>{edge.text}</text>
    </g>
  )
}

const FILL = { question: 'var(--color-bg)', leaf: 'var(--color-accent-bg)', cut: 'var(--color-panel)' } as const

function Box({ box }: { box: DrawnBox }) {
  const { x, y, width, height, kind, purity } = box
  return (
    <g>
      <title>{box.full}</title>
      <rect x={x} y={y} width={width} height={height} rx={4} fill={FILL[kind]} stroke={kind === 'leaf' ? 'var(--color-accent)' : 'var(--color-strong)'} {...(kind === 'cut' ? { strokeDasharray: '4 3' } : {})} />
      {kind === 'question' ? null : <rect x={x} y={y + height - 3} width={width * purity} height={3} fill="var(--color-accent)" />}
      <text x={x + 8} y={y + 15} fontSize={12} fontWeight={600} fill="var(--color-ink)">{box.title}</text>
      <text x={x + 8} y={y + 30} fontSize={11} fill="var(--color-dim)">{box.note}</text>
    </g>
  )
}
