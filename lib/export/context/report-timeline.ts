import { el, safeText, type MarkupElement } from '../markup'
import { objectName, resourceText, type Chapter, type ContextStory } from './context-story'

const WIDTH = 1040
const LEFT = 260
const ROW = 20
const TOP = 24
const MOST_ROWS = 40
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400]

/** One row an actor, one mark a request, from the trigger on: a picture that needs no script. */
export function timeline({ chapters, context }: ContextStory): MarkupElement {
  const timed = chapters.flatMap((chapter) => (chapter.afterMs === null ? [] : [{ chapter, seconds: chapter.afterMs / 1000 }]))
  const actors = [...new Set(timed.map(({ chapter }) => actorOf(chapter)))]
  const shown = actors.slice(0, MOST_ROWS)
  const [first, last] = timed.reduce(([low, high], { seconds }) => [Math.min(low, seconds), Math.max(high, seconds)], [0, 0.1])
  const x = (seconds: number): number => Math.round((LEFT + 8 + ((seconds - first) / (last - first)) * (WIDTH - LEFT - 24)) * 10) / 10
  const height = TOP + ROW * shown.length + (actors.length > shown.length ? ROW : 0)
  const step = STEPS.find((one) => (last - first) / one <= 10) ?? last - first
  const ticks = Array.from({ length: Math.floor((last - Math.ceil(first / step) * step) / step) + 1 }, (_, i) => Math.ceil(first / step) * step + i * step)
  return el('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': `Timeline of ${timed.length} requests by ${actors.length} actors` },
    ...ticks.map((seconds) => el('g', {}, el('path', { class: 'axis', d: `M ${x(seconds)} ${TOP - 6} V ${height}` }), el('text', { x: x(seconds), y: 12, 'text-anchor': 'middle' }, tickText(seconds)))),
    ...shown.map((actor, row) => el('text', { x: 0, y: TOP + ROW * row + 14 }, safeText(shortActor(actor), 40))),
    ...timed.flatMap(({ chapter, seconds }) => {
      const row = shown.indexOf(actorOf(chapter))
      return row < 0 ? [] : [mark(chapter, x(seconds), TOP + ROW * row + 10, context.trigger.auditID)]
    }),
    ...(actors.length > shown.length ? [el('text', { x: 0, y: height - 6 }, `and ${actors.length - shown.length} more actors, in the table`)] : []))
}

/** Service accounts differ at their ends. */
const shortActor = (actor: string): string => actor.replace(/^system:serviceaccount:/, '')

const actorOf = ({ event }: Chapter): string => event.user?.username ?? 'unknown'

function tickText(seconds: number): string {
  if (Math.abs(seconds) < 120) return `${Number(seconds.toPrecision(6))} s`
  return Math.abs(seconds) < 7200 ? `${Number((seconds / 60).toPrecision(4))} min` : `${Number((seconds / 3600).toPrecision(4))} h`
}

/** Roles by shape: the trigger a diamond, what followed a dot. */
function mark({ event, afterMs }: Chapter, x: number, y: number, trigger: string): MarkupElement {
  const title = el('title', {}, safeText(`${event.verb ?? 'request'} ${resourceText(event)} ${objectName(event)}, ${((afterMs ?? 0) / 1000).toFixed(3)} s`, 300))
  if (event.auditID === trigger) return el('path', { class: 'trigger', d: `M ${x - 6} ${y} L ${x} ${y - 6} L ${x + 6} ${y} L ${x} ${y + 6} Z` }, title)
  return el('circle', { class: 'mark', cx: x, cy: y, r: 4 }, title)
}
