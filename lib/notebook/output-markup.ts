import { comparisonMarkup } from './comparison-markup'
import { barsFigure, timeFigure, timelineFigure, verbColor } from './figure'
import { asTable } from '@/lib/experiments/report/as-table'
import type { ReportBody } from '@/lib/experiments/report/report-types'
import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { countText } from './count-text'
import { markupTable as table } from './markup-table'
import { asNumbers, launchMarkup, type Drawing } from './report-markup'
import type { CellResult, Output, OutputOf } from './result'
import { shortUser } from './short-user'
import type { Cell } from './cell'

const clock = (micros: number | null): string => (micros === null ? '–' : new Date(micros / 1000).toISOString().slice(11, 23))
const instant = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`

/** An output as elements: the same on the page, in a file and in other programs. Figures of runs are drawn by `draw`; without it they are tables. */
export function outputMarkup(cell: Cell, output: Output, draw: Drawing = asNumbers): readonly Markup[] {
  switch (output.kind) {
    case 'answer': return answerMarkup(output, cell.kind === 'query' ? cell.view : 'table', cell.kind === 'query' ? cell.limit : 20)
    case 'plot': return [figureOf(output.title, plotDrawing(output, draw)), ...(output.protocol === '' ? [] : [el('p', { class: 'dim' }, safeText(output.protocol, 2000))])]
    case 'launch': return launchMarkup(output, draw)
    case 'comparison': return comparisonMarkup(output)
    case 'context': return contextMarkup(output)
  }
}

/** What stands below an output: what it was made of, and when. */
export function madeOfText({ made, ranAt, seconds }: CellResult): string {
  const parts = [
    made.dataset ? `${safeText(made.dataset.name, 120)} version ${made.dataset.version}` : null,
    made.model,
    made.runs ? `${countText(made.runs.count)} ${made.runs.count === 1 ? 'run' : 'runs'}` : null,
    `${instant(ranAt)}, ${seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`}`,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

function figureOf(title: string, drawing: Markup): MarkupElement {
  return el('figure', {}, el('figcaption', {}, safeText(title, 300)), drawing)
}

export function plotDrawing(plot: OutputOf<'plot'>, draw: Drawing = asNumbers): Markup {
  if (plot.overTime) return timeFigure(plot.overTime, plot.title, plot.y)
  if (plot.bars.length > 0) return barsFigure(plot)
  return plot.body && isDrawable(plot.body) ? draw({ id: 'chart', title: plot.title, caption: '', protocol: plot.protocol, body: plot.body }) : el('p', { class: 'dim' }, 'Nothing to draw: no finished run has these figures.')
}

/** Whether a chart has a mark at all. */
export function isDrawable(body: ReportBody): boolean {
  return asTable(body).rows.length > 0
}

function verbMarkup(verb: string | null): Markup {
  const mark = el('svg', { viewBox: '0 0 8 8', width: 8, height: 8, class: 'mark', 'aria-hidden': 'true' }, el('rect', { width: 8, height: 8, rx: 2, fill: verbColor(verb) }))
  return el('span', { class: 'verb' }, mark, safeText(verb ?? 'request', 40))
}

export function answerTable(answer: OutputOf<'answer'>, limit: number): MarkupElement {
  const contexts = answer.of === 'contexts'
  const rows = answer.rows.slice(0, limit).map((row): readonly Markup[] => [
    el('code', {}, clock(row.micros)), safeText(shortUser(row.user), 80), verbMarkup(row.verb), safeText(row.kind, 80), safeText(row.object, 120), row.code === null ? '–' : String(row.code),
    contexts ? countText(row.events ?? 0) : safeText(row.role ?? '–', 20),
  ])
  return table(`Answer: ${answer.of}`, [['time (UTC)'], ['user'], ['verb'], ['kind'], ['object'], ['code', 'figure'], contexts ? ['events', 'figure'] : ['role']], rows)
}

function answerMarkup(answer: OutputOf<'answer'>, view: 'table' | 'timeline' | 'chart', limit: number): readonly Markup[] {
  const count = el('p', {}, el('b', {}, countText(answer.total)), ` ${answer.of} match in ${safeText(answer.dataset, 120)}${view === 'table' && answer.total > limit ? `; the first ${limit} are shown` : ''}.`)
  if (answer.total === 0) return [count]
  if (view === 'chart' && answer.overTime) return [count, timeFigure(answer.overTime, `${answer.of} over time`, answer.of)]
  if (view === 'timeline' && answer.points.some((point) => point.micros !== null)) return [count, timelineFigure(answer.points, answer.of), ...(answer.points.length < answer.total ? [el('p', { class: 'dim' }, `The first ${countText(answer.points.length)} are drawn.`)] : [])]
  return [count, answerTable(answer, limit)]
}

function afterText(ms: number | null): string {
  return ms === null ? '–' : `+${ms.toFixed(ms < 100 ? 1 : 0)} ms`
}

function contextMarkup(context: OutputOf<'context'>): readonly Markup[] {
  const rows = context.members.map((member): readonly Markup[] => [
    el('code', {}, afterText(member.afterMs)), member.role, verbMarkup(member.verb), safeText(member.kind, 80), safeText(member.object, 120), safeText(shortUser(member.user), 80), member.code === null ? '–' : String(member.code), el('span', { class: 'why' }, safeText(member.why, 200)),
  ])
  return [
    el('p', { class: 'sentence' }, safeText(context.sentence, 600)),
    el('p', { class: 'dim' }, `Label ${safeText(context.label ?? 'none', 120)} · ${clock(context.micros)} UTC · `, el('a', { href: `/datasets/${context.datasetId}?q=${encodeURIComponent(context.auditID)}`, class: 'link' }, `in ${safeText(context.dataset, 120)}`), ` · ${context.id}`),
    table('Members of the context', [['after', 'figure'], ['role'], ['verb'], ['kind'], ['object'], ['user'], ['code', 'figure'], ['why it is here']], rows),
    ...(context.total > rows.length ? [el('p', { class: 'dim' }, `and ${countText(context.total - rows.length)} more.`)] : []),
  ]
}

