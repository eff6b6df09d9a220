import { dot, plot, scale, text } from '@observablehq/plot'
import { scaleHead } from '@/lib/experiments/report/as-table'
import type { ScatterBody, ScatterMark } from '@/lib/experiments/report/report-types'
import { linearTicks, logTicks, niceDomain } from './domain'
import { cut, shortFigure } from './labels'
import { nothingYet } from './nothing-yet'
import { frame, INK, lookOf, SMALL, textWidth, tickRoom } from './theme'

/** Marks over two axes, hollow so that heaps show; the extreme ones are named where there is room. */
export function drawScatter({ x, y, series }: ScatterBody, document: Document, width: number): Element {
  const marks = series.flatMap((one) => one.marks)
  const [xDomain, yDomain] = [niceDomain(marks.map((mark) => mark.x), x), niceDomain(marks.map((mark) => mark.y), y)]
  const ticks = y.scale === 'log' ? logTicks(yDomain) : linearTicks(yDomain)
  const size = { width, height: Math.round(Math.min(300, width * 0.75)), left: tickRoom(ticks), right: 12, top: 12, bottom: 34 }
  const px = scale({ x: { type: x.scale === 'log' ? 'log' : 'linear', domain: xDomain, range: [size.left + 4, width - size.right - 4] } })
  const py = scale({ y: { type: y.scale === 'log' ? 'log' : 'linear', domain: yDomain, range: [size.height - size.bottom - 4, size.top + 4] } })
  const named = namedMarks(marks, (mark) => ({ x: Number(px.apply(mark.x)), y: Number(py.apply(mark.y)) }), size)
  return plot({
    ...frame(document, size),
    x: { type: x.scale === 'log' ? 'log' : 'linear', domain: xDomain, label: scaleHead(x), labelAnchor: 'center', labelArrow: 'none', tickSize: 3, inset: 4, tickFormat: shortFigure, ...(x.scale === 'log' ? { ticks: logTicks(xDomain) } : {}) },
    y: { type: y.scale === 'log' ? 'log' : 'linear', domain: yDomain, label: scaleHead(y), labelAnchor: 'center', labelArrow: 'none', tickSize: 3, inset: 4, grid: true, ticks, tickFormat: shortFigure },
    marks: [
      ...nothingYet(marks.length),
      ...series.map((one, index) => {
        const look = lookOf(index, false)
        return dot(one.marks, { x: 'x', y: 'y', symbol: look.symbol, r: 2.4, stroke: look.color, strokeWidth: 0.9, fill: look.color, fillOpacity: 0.18 })
      }),
      ...named.map(({ mark, anchor }) => text([mark], { x: 'x', y: 'y', text: () => cut(mark.title, LETTERS), textAnchor: anchor, dx: anchor === 'start' ? 6 : -6, fontSize: SMALL, fill: INK, stroke: '#fff', strokeWidth: 2 })),
    ],
  })
}

interface Box { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
interface Named { readonly mark: ScatterMark; readonly anchor: 'start' | 'end' }

const MOST_NAMES = 6

/** The three heaviest and the three that are worst for their weight, as far as their names do not lie on one another. */
function namedMarks(marks: readonly ScatterMark[], place: (mark: ScatterMark) => { x: number; y: number }, { width }: { width: number }): Named[] {
  const heaviest = marks.toSorted((a, b) => b.x - a.x).slice(0, 3)
  const worst = marks.toSorted((a, b) => (1 - b.y) * Math.log1p(b.x) - (1 - a.y) * Math.log1p(a.x)).slice(0, 3)
  const places = marks.map(place)
  const taken: Box[] = []
  return [...new Set([...heaviest, ...worst])].slice(0, MOST_NAMES).flatMap((mark): Named[] => {
    const { x, y } = place(mark)
    const room = textWidth(cut(mark.title, LETTERS), SMALL)
    const free = CHOICES.map((anchor) => ({ anchor, box: boxOf(x, y, room, anchor) }))
      .filter(({ box }) => box.left > 44 && box.right < width && box.top > 4 && !taken.some((other) => meet(box, other)))
      .map((choice) => ({ ...choice, covered: places.filter((at) => meet(choice.box, { left: at.x - 3, right: at.x + 3, top: at.y - 3, bottom: at.y + 3 })).length }))
      .toSorted((a, b) => a.covered - b.covered)[0]
    if (!free || free.covered > MOST_COVERED) return []
    taken.push(free.box)
    return [{ mark, anchor: free.anchor }]
  })
}

const CHOICES = ['start', 'end'] as const
const LETTERS = 36
const MOST_COVERED = 5

function boxOf(x: number, y: number, room: number, anchor: Named['anchor']): Box {
  const left = anchor === 'start' ? x + 6 : x - 6 - room
  return { left, right: left + room, top: y - 5, bottom: y + 5 }
}

function meet(a: Box, b: Box): boolean {
  return a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top
}
