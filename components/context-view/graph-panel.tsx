'use client'
import { useMemo, useState } from 'react'
import { BOX_HEIGHT, drawContext, type GraphBox, type GraphLine } from '@/lib/contexts/view/graph'
import { Figure } from '@/components/charts/figure'
import { verbColor } from '@/components/charts/palette'
import { visibleText } from '@/components/format/visible'
import type { Shown } from './context-view'

const LETTER = 6.6

/** Who did what to what: actors, actions by cause, kinds of objects. A box shows what it is joined with, an action opens its first event. */
export function GraphPanel({ picture, effects, choose }: Shown) {
  const drawing = useMemo(() => drawContext(picture, effects), [picture, effects])
  const [lit, setLit] = useState<string | null>(null)
  const boxes = useMemo(() => new Map(drawing.boxes.map((box) => [box.id, box])), [drawing])
  const near = new Set(lit === null ? [] : [lit, ...drawing.lines.flatMap(({ from, to }) => (from === lit ? [to] : to === lit ? [from] : []))])
  const data = { header: ['from', 'how', 'to', 'events'], rows: drawing.lines.map(({ from, to, kind, count }) => [name(boxes.get(from)), kind, name(boxes.get(to)), count]) }
  return (
    <Figure id="graph" title="Users, actions and objects" note="Folded: one box for all requests of an action that follow from the same. Thick lines lead from cause to effect." data={data}>
      <div className="overflow-auto" tabIndex={0} role="region" aria-label="Graph of the context">
        <svg width={drawing.width} height={drawing.height} className="block" role="group" aria-label={`${drawing.boxes.length} boxes and ${drawing.lines.length} lines; the data button lists them`}>
          {drawing.layers.map(({ title, x }) => <text key={x} x={x} y={18} fontSize={12} fill="var(--color-dim)">{title}</text>)}
          {drawing.lines.map((line) => <Line key={`${line.from} ${line.to}`} line={line} from={boxes.get(line.from)} to={boxes.get(line.to)} dim={lit !== null && line.from !== lit && line.to !== lit} />)}
          {drawing.boxes.map((box) => <Box key={box.id} box={box} dim={lit !== null && !near.has(box.id)} onLit={setLit} onChoose={choose} />)}
        </svg>
      </div>
    </Figure>
  )
}

const name = (box: GraphBox | undefined): string => (box ? visibleText(box.title, 120) : '')

function Line({ line, from, to, dim }: { line: GraphLine; from: GraphBox | undefined; to: GraphBox | undefined; dim: boolean }) {
  if (!from || !to) return null
  const [y1, y2] = [from.y + BOX_HEIGHT / 2, to.y + BOX_HEIGHT / 2]
  const forward = to.x > from.x
  const [x1, x2] = forward ? [from.x + from.width, to.x] : [from.x + from.width, to.x + to.width]
  const bend = forward ? Math.max(24, (x2 - x1) / 2) : 40
  const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${forward ? x2 - bend : x2 + bend} ${y2} ${x2} ${y2}`
  const caused = line.kind === 'caused'
  return <path d={d} fill="none" stroke={caused ? 'var(--color-accent)' : 'var(--color-strong)'} strokeOpacity={dim ? 0.08 : caused ? 0.75 : 0.3} strokeWidth={caused ? Math.min(5, 1.25 + Math.log10(line.count)) : 1} {...(line.kind === 'acts on' ? { strokeDasharray: '4 3' } : {})} />
}

function Box({ box, dim, onLit, onChoose }: { box: GraphBox; dim: boolean; onLit: (id: string | null) => void; onChoose: (request: number) => void }) {
  const most = Math.floor((box.width - 30) / (box.trigger ? LETTER * 1.12 : LETTER))
  const title = name(box)
  const note = visibleText(box.note, 60)
  const open = (): void => { if (box.request !== null) onChoose(box.request) }
  return (
    <g role="button" tabIndex={0} opacity={dim ? 0.3 : 1} className="cursor-pointer outline-offset-1" onMouseEnter={() => onLit(box.id)} onMouseLeave={() => onLit(null)} onFocus={() => onLit(box.id)} onBlur={() => onLit(null)} onClick={open} onKeyDown={(event) => { if (event.key === 'Enter') open() }}>
      <title>{`${box.kind} ${title}, ${note}`}</title>
      <rect x={box.x} y={box.y} width={box.width} height={BOX_HEIGHT} rx={box.kind === 'actor' ? 17 : 6} fill="var(--color-bg)" stroke={box.trigger ? 'var(--color-accent)' : 'var(--color-strong)'} strokeWidth={box.trigger ? 2 : 1} {...(box.kind === 'object' ? { strokeDasharray: '4 3' } : {})} />
      {box.kind === 'action' ? <rect x={box.x + 10} y={box.y + 9} width={7} height={7} fill={verbColor(box.verb)} stroke="var(--color-outline)" strokeWidth={box.verb === 'get' ? 1 : 0} /> : null}
      <text x={box.x + (box.kind === 'action' ? 22 : 12)} y={box.y + 15} fontSize={12} fontWeight={box.trigger ? 600 : 500} fill="var(--color-ink)">{title.length > most ? `${title.slice(0, most - 1)}…` : title}</text>
      <text x={box.x + (box.kind === 'action' ? 22 : 12)} y={box.y + 28} fontSize={11} fill="var(--color-dim)">{note.length > most ? `${note.slice(0, most - 1)}…` : note}</text>
    </g>
  )
}
