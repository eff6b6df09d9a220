import { LANE_VERBS, verbPlace, type Lane } from '@/lib/contexts/view/lanes'
import type { OpenPicture } from '@/lib/contexts/view/open-picture'
import { COLUMN, type TimelineMarks, type TimelineView } from '@/lib/contexts/view/timeline-marks'
import { timeTicks, type TimeScale } from '@/lib/contexts/view/time-scale'
import { formatDuration } from '@/components/format/duration'
import { visibleText } from '@/components/format/visible'

export const LANE = 24
export const TOP = 10
export const FOOT = 24
export const LEFT = 184
export const RIGHT = 14
const MOST_NAME = 22

/** Colours of the theme, read once a drawing. */
export interface TimelineInk { readonly verbs: readonly string[]; readonly line: string; readonly strong: string; readonly dim: string; readonly ink: string; readonly bg: string; readonly accent: string; readonly outline: string; readonly bad: string; readonly hover: string; readonly font: string }

/** `light-dark()` is no colour to a canvas: an element is asked what it comes to. */
export function readInk(element: HTMLElement): TimelineInk {
  const probe = document.createElement('span')
  element.append(probe)
  const resolve = (name: string): string => {
    probe.style.color = `var(--color-${name})`
    return getComputedStyle(probe).color
  }
  const ink = {
    verbs: LANE_VERBS.map((verb) => resolve(`verb-${verb}`)), line: resolve('line'), strong: resolve('strong'), dim: resolve('dim'), ink: resolve('ink'), bg: resolve('bg'), accent: resolve('accent'), outline: resolve('outline'),
    bad: resolve('bad'), hover: resolve('hover'), font: getComputedStyle(element).fontFamily,
  }
  probe.remove()
  return ink
}

export interface TimelineFrame {
  readonly picture: OpenPicture
  readonly lanes: readonly Lane[]
  readonly scale: TimeScale
  readonly view: TimelineView
  readonly marks: TimelineMarks
  readonly chosen: number
  readonly hovered: number
  readonly ink: TimelineInk
}

const laneY = (index: number): number => TOP + index * LANE + LANE / 2

/** One frame; what is drawn is bounded by the marks, not by the events. */
export function drawTimeline(canvas: CanvasRenderingContext2D, frame: TimelineFrame): void {
  const { lanes, view, ink } = frame
  const height = TOP + lanes.length * LANE + FOOT
  canvas.clearRect(0, 0, LEFT + view.width + RIGHT, height)
  canvas.font = `12px ${ink.font}`
  drawAxis(canvas, frame, height)
  drawLaneNames(canvas, frame)
  canvas.save()
  canvas.beginPath()
  canvas.rect(LEFT - 8, 0, view.width + 16, height)
  canvas.clip()
  drawBars(canvas, frame)
  drawMarks(canvas, frame)
  canvas.restore()
}

function drawAxis(canvas: CanvasRenderingContext2D, { scale, view, ink }: TimelineFrame, height: number): void {
  const x = (ms: number): number => LEFT + ((scale.place(ms) - view.from) / (view.to - view.from)) * view.width
  canvas.fillStyle = ink.hover
  for (const { from, to } of scale.folds) {
    const [left, right] = [Math.max(LEFT, x(from)), Math.min(LEFT + view.width, x(to))]
    if (right - left > 6) canvas.fillRect(left + 3, TOP, right - left - 6, height - TOP - FOOT)
  }
  canvas.strokeStyle = ink.line
  canvas.fillStyle = ink.dim
  canvas.lineWidth = 1
  canvas.textAlign = 'center'
  canvas.textBaseline = 'alphabetic'
  for (const tick of timeTicks(scale, view.from, view.to)) {
    const at = Math.round(x(tick)) + 0.5
    canvas.setLineDash([2, 4])
    canvas.beginPath()
    canvas.moveTo(at, TOP - 6)
    canvas.lineTo(at, height - FOOT + 4)
    canvas.stroke()
    canvas.fillText(tick === 0 ? '0' : formatDuration(tick / 1000), at, height - 6)
  }
  canvas.setLineDash([])
}

function drawLaneNames(canvas: CanvasRenderingContext2D, { lanes, view, ink, picture }: TimelineFrame): void {
  canvas.textAlign = 'left'
  canvas.textBaseline = 'middle'
  lanes.forEach((lane, index) => {
    const y = laneY(index)
    canvas.strokeStyle = ink.line
    canvas.beginPath()
    canvas.moveTo(LEFT, Math.round(y) + 0.5)
    canvas.lineTo(LEFT + view.width, Math.round(y) + 0.5)
    canvas.stroke()
    const name = visibleText(lane.actor, 200)
    const own = index === 0 && picture.trigger >= 0
    canvas.fillStyle = own ? ink.ink : ink.dim
    canvas.font = `${own ? '600 ' : ''}12px ${ink.font}`
    canvas.fillText(name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name, 4, y)
  })
}

/** Columns of verbs, as high as the logarithm of how many they are. */
function drawBars(canvas: CanvasRenderingContext2D, { marks: { bars }, ink, lanes }: TimelineFrame): void {
  let [column, lane, base]: [number, number, number] = [-1, -1, 0]
  for (let at = 0; at < bars.length; at += 5) {
    const [index, place, verb, count, most] = [bars[at] ?? 0, bars[at + 1] ?? 0, bars[at + 2] ?? 0, bars[at + 3] ?? 0, bars[at + 4] ?? 1]
    if (place !== column || index !== lane) { base = 0; column = place; lane = index }
    const full = LANE - 5
    const from = (Math.log1p(base) / Math.log1p(most)) * full
    const to = (Math.log1p(base + count) / Math.log1p(most)) * full
    canvas.fillStyle = ink.verbs[verb] ?? ink.dim
    canvas.fillRect(LEFT + place * COLUMN, TOP + (index + 1) * LANE - 2 - Math.max(to, from + 1), COLUMN - 1, Math.max(1, to - from))
    base += count
  }
  if (lanes.length === 0) canvas.fillStyle = ink.dim
}

function drawMarks(canvas: CanvasRenderingContext2D, frame: TimelineFrame): void {
  const { marks: { marks }, picture, chosen, hovered, ink } = frame
  for (let at = 0; at < marks.length; at += 3) {
    const [lane, request, x] = [marks[at] ?? 0, marks[at + 1] ?? -1, LEFT + (marks[at + 2] ?? 0)]
    drawMark(canvas, picture, request, x, laneY(lane), ink)
    if (request === chosen || request === hovered) ring(canvas, x, laneY(lane), request === chosen ? ink.accent : ink.strong)
  }
  ringChosen(canvas, frame)
}

function ring(canvas: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  canvas.strokeStyle = colour
  canvas.lineWidth = 2
  canvas.beginPath()
  canvas.arc(x, y, 8.5, 0, Math.PI * 2)
  canvas.stroke()
  canvas.lineWidth = 1
}

/** Where the chosen event is one of a column, a ring still says where. */
function ringChosen(canvas: CanvasRenderingContext2D, { lanes, chosen, picture, scale, view, ink, marks }: TimelineFrame): void {
  if (chosen < 0 || Number.isNaN(picture.after[chosen] ?? Number.NaN)) return
  for (let at = 0; at < marks.bars.length; at += 5) {
    const lane = marks.bars[at] ?? 0
    if (!lanes[lane]?.requests.includes(chosen)) { while (at + 5 < marks.bars.length && marks.bars[at + 5] === lane) at += 5; continue }
    ring(canvas, LEFT + ((scale.place(picture.after[chosen] ?? 0) - view.from) / (view.to - view.from)) * view.width, laneY(lane), ink.accent)
    return
  }
}

/** Roles by shape, verbs by colour; hollow where uncertain, with a tick above where refused. */
function drawMark(canvas: CanvasRenderingContext2D, picture: OpenPicture, request: number, x: number, y: number, ink: TimelineInk): void {
  const verb = picture.text('verb', request)
  const colour = ink.verbs[verbPlace(verb)] ?? ink.dim
  const role = picture.role(request)
  canvas.beginPath()
  if (role === 'trigger') {
    canvas.moveTo(x, y - 7)
    canvas.lineTo(x + 7, y)
    canvas.lineTo(x, y + 7)
    canvas.lineTo(x - 7, y)
    canvas.closePath()
  } else canvas.arc(x, y, role === 'consequence' ? 4.2 : 2.75, 0, Math.PI * 2)
  const hollow = role === 'background' || picture.uncertain(request)
  canvas.fillStyle = hollow ? ink.bg : colour
  canvas.fill()
  if (hollow || verb === 'get') {
    canvas.strokeStyle = hollow ? (role === 'background' ? ink.strong : colour) : ink.outline
    canvas.lineWidth = hollow ? 1.75 : 1
    canvas.stroke()
    canvas.lineWidth = 1
  }
  if (picture.failed(request)) {
    canvas.fillStyle = ink.bad
    canvas.fillRect(x - 1, y - 11, 2, 5)
  }
}
