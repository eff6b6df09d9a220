import { barsFigure, linesFigure, timeFigure, timelineFigure, verbColor } from './figure'
import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { countText, figureText, runMeasure } from './measures'
import type { CellResult, Output, OutputOf } from './result'
import { shortUser } from './short-user'
import type { Cell } from './cell'

const clock = (micros: number | null): string => (micros === null ? '–' : new Date(micros / 1000).toISOString().slice(11, 23))
const instant = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`

/** An output as elements: the same on the page, in a file and in other programs. `view` is how an answer is shown. */
export function outputMarkup(cell: Cell, output: Output): readonly Markup[] {
  switch (output.kind) {
    case 'answer': return answerMarkup(output, cell.kind === 'query' ? cell.view : 'table', cell.kind === 'query' ? cell.limit : 20)
    case 'plot': return [figureOf(output.title, plotDrawing(output))]
    case 'launch': return launchMarkup(output)
    case 'comparison': return [comparisonTable(output)]
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

export function plotDrawing(plot: OutputOf<'plot'>): Markup {
  if (plot.overTime) return timeFigure(plot.overTime, plot.title, plot.y)
  if (plot.bars.length > 0) return barsFigure(plot)
  return plot.series.some((series) => series.points.length > 0) ? linesFigure(plot) : el('p', { class: 'dim' }, 'Nothing to draw: no finished run has these figures.')
}

function table(label: string, head: readonly (readonly [name: string, figure?: 'figure'])[], rows: readonly (readonly Markup[])[]): MarkupElement {
  const side = (index: number): Record<string, string> => (head[index]?.[1] ? { class: 'figure' } : {})
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, el('table', {},
    el('thead', {}, el('tr', {}, head.map(([name], index) => el('th', { scope: 'col', ...side(index) }, name)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((content, index) => el('td', side(index), content))))),
  ))
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

export function launchSummary(launch: OutputOf<'launch'>): string {
  const all = launch.runs.length + launch.more
  const count = (state: string): number => launch.runs.filter((run) => run.state === state).length
  const rest = (['running', 'queued', 'failed', 'stopped'] as const).flatMap((state) => (count(state) > 0 ? [`${count(state)} ${state}`] : []))
  return `${launch.scale} scale on ${launch.dataset}, ${count('done')} of ${all} runs done${rest.length > 0 ? `, ${rest.join(', ')}` : ''}`
}

function launchMarkup(launch: OutputOf<'launch'>): readonly Markup[] {
  const head = el('p', {}, el('a', { href: `/experiments/${launch.experiment}?launch=${launch.id}`, class: 'link' }, safeText(launch.title, 200)), `: ${safeText(launchSummary(launch), 300)}.`)
  const rows = launch.runs.slice(0, 40).map((run): readonly Markup[] => [
    el('a', { href: `/runs/${run.id}`, class: 'link' }, `#${run.number}`), run.window === null ? safeText(run.name, 60) : `W = ${run.window}`, safeText(run.protocol, 20), String(run.seed), run.state,
    figureText(run.windowPartsF1, 'score'), figureText(run.lineAccuracy, 'score'), figureText(run.trainSeconds, 'seconds'),
  ])
  const more = launch.runs.length + launch.more - rows.length
  return [head, table('Runs', [['run'], ['window'], ['protocol'], ['seed', 'figure'], ['state'], ['F1, window positions', 'figure'], ['tuple accuracy, lines', 'figure'], ['training', 'figure']], rows), ...(more > 0 ? [el('p', { class: 'dim' }, `and ${countText(more)} more.`)] : [])]
}

function comparisonTable(comparison: OutputOf<'comparison'>): MarkupElement {
  const head = [['figure'] as const, ...comparison.runs.map((run) => [safeText(`#${run.number} ${run.label}`, 60), 'figure'] as const)]
  return table('Comparison', head, comparison.rows.map((row): readonly Markup[] => {
    const measure = runMeasure(row.measure)
    const known = row.values.filter((value) => value !== null)
    const best = !measure?.better || new Set(known).size < 2 ? null : measure.better === 'more' ? Math.max(...known) : Math.min(...known)
    return [measure?.label ?? row.measure, ...row.values.map((value) => {
      const said = figureText(value, measure?.form ?? 'score')
      return value !== null && value === best ? el('b', {}, said) : said
    })]
  }))
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

