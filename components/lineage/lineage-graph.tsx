import Link from 'next/link'
import type { Lineage } from '@/lib/experiments/lineage'
import { visibleText } from '@/components/format/visible'
import { formatCount } from '@/components/format/number'
import { cn } from '@/components/ui/cn'
import { BOX, COLUMNS, hrefOf, layoutLineage, type Box } from './lineage-layout'

/** The lineage as boxes from left to right; lines of the one it begins with are heavier. */
export function LineageGraph({ lineage }: { lineage: Lineage }) {
  const layout = layoutLineage(lineage)
  return (
    <div className="relative overflow-x-auto pb-2" tabIndex={0} role="region" aria-label="Lineage as a picture">
      <div style={{ width: layout.width }}>
        <div className="mb-2 flex text-12 font-medium text-dim" style={{ gap: BOX.gapX }}>{COLUMNS.map(({ title }) => <span key={title} style={{ width: BOX.width }}>{title}</span>)}</div>
        <div className="relative" style={{ height: layout.height }}>
          <svg width={layout.width + 40} height={layout.height} className="absolute inset-0 overflow-visible" aria-hidden>
            {layout.links.map(({ key, path, own }) => <path key={key} d={path} fill="none" stroke={own ? 'var(--color-accent)' : 'var(--color-strong)'} strokeWidth={own ? 2 : 1} />)}
          </svg>
          {layout.boxes.map((box) => <NodeBox key={box.key} box={box} href={hrefOf(box.node, lineage)} here={box.key === lineage.start} />)}
          {layout.more.map(({ x, y, count }) => <span key={x} className="absolute text-12 text-dim" style={{ left: x, top: y }}>{formatCount(count)} more</span>)}
        </div>
      </div>
    </div>
  )
}

function NodeBox({ box, href, here }: { box: Box; href: string | null; here: boolean }) {
  const { node } = box
  const look = cn('absolute flex flex-col justify-center rounded-md border bg-bg px-2.5', here ? 'border-accent bg-accent-bg' : 'border-line', href && !here && 'hover:bg-hover')
  const style = { left: box.x, top: box.y, width: BOX.width, height: BOX.height }
  const title = visibleText(node.title, 120)
  const second = [node.version, node.hash?.slice(0, 8), node.note].filter(Boolean).join(' · ')
  const inner = <><span className="truncate font-medium">{node.kind === 'reconstruction' ? `Reconstruction, ${title}` : title}</span><span className="truncate text-12 text-dim">{visibleText(second, 120)}</span></>
  if (href === null || here) return <div className={look} style={style} title={title} {...(here ? { 'aria-current': 'page' as const } : {})}>{inner}</div>
  return <Link href={href} prefetch={false} className={look} style={style} title={title}>{inner}</Link>
}
