import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { asTable } from '@/lib/experiments/report/as-table'
import { summaryText } from '@/lib/experiments/report/figure-text'
import type { Finding, ReportBody, ReportItem } from '@/lib/experiments/report/report-types'
import { countText } from './count-text'
import { markupTable, type TableHead } from './markup-table'
import { RUN_STATES, type OutputOf } from './result'

type Launch = OutputOf<'launch'>
/** How a figure that is no table is shown: drawn where there is something to draw with. */
export type Drawing = (item: ReportItem) => Markup

/** Rows of a table in a file; the CSV of the report has all. */
const MOST_ROWS = 100
const MOST_RUNS = 40

/** What a cell asks for of a launch: where it comes from, findings, tables and figures with their protocol, notes, runs. */
export function launchMarkup(launch: Launch, draw: Drawing): readonly Markup[] {
  const { report } = launch
  const findings = report.findings.length > 0 ? [findingsTable(report.findings)] : []
  const notes = report.notes.length > 0 ? [el('ul', {}, report.notes.map((note) => el('li', {}, safeText(note))))] : []
  return [...launchHead(launch), ...findings, ...report.items.flatMap((item) => itemMarkup(item, draw)), ...notes, ...(launch.listed ? runsTable(launch) : [])]
}

export function launchHead(launch: Launch): readonly Markup[] {
  const { report, id } = launch
  const source = el('p', { class: 'dim' }, safeText(sourceText(launch), 2000))
  const asks = el('p', {}, el('b', {}, safeText(report.title, 300)), report.reproduces === null ? '' : ` (${safeText(report.reproduces, 200)})`, `. ${safeText(report.question, 600)}`)
  if (id === null) return [asks, el('p', {}, safeText(`${launch.experiment} has not been launched on ${launch.dataset} yet: what stands below are the published figures alone.`, 600)), source]
  return [asks, el('p', {}, el('a', { href: `/experiments/${launch.experiment}?launch=${id}`, class: 'link' }, `Launch ${id}`), `: ${safeText(launchSummary(launch), 300)}.`), source]
}

export function launchSummary({ scale, dataset, counts }: Launch): string {
  const all = RUN_STATES.reduce((sum, state) => sum + counts[state], 0)
  const rest = (['running', 'queued', 'failed', 'stopped'] as const).flatMap((state) => (counts[state] > 0 ? [`${counts[state]} ${state}`] : []))
  return `${scale} scale on ${dataset}, ${counts.done} of ${countText(all)} runs done${rest.length > 0 ? `, ${rest.join(', ')}` : ''}`
}

function sourceText({ report, seeds, engines }: Launch): string {
  const { source, published } = report
  const from = source === null ? [] : [
    `${source.dataset.name} version ${source.dataset.version}${source.dataset.sha256 === null ? '' : ` (sha256 ${source.dataset.sha256.slice(0, 12)})`}`, `launched ${source.at.slice(0, 19).replace('T', ' ')} UTC`,
    ...(seeds.length > 0 ? [`${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`] : []), ...(engines.length > 0 ? [`engine ${engines.join(', ')}`] : []),
  ]
  return `${from.length > 0 ? `${from.join('; ')}. ` : ''}${published.source === '' ? '' : `Published: ${published.source}.`}`
}

const VERDICTS = { holds: '✓ holds', fails: '✗ fails', open: '○ open' } as const

function findingsTable(findings: readonly Finding[]): MarkupElement {
  return markupTable('Findings', [['finding'], ['measured'], ['expected'], ['verdict']], findings.map((finding) => [safeText(finding.title, 300), safeText(finding.measured, 300), safeText(finding.expected, 300), VERDICTS[finding.verdict]]))
}

function itemMarkup(item: ReportItem, draw: Drawing): readonly Markup[] {
  const shown = item.body.kind === 'table' ? bodyTable(item.title, item.body) : draw(item)
  const said = [item.protocol, item.caption].filter(Boolean).join(' ')
  return [el('figure', {}, el('figcaption', {}, safeText(item.title, 300)), shown), ...(said === '' ? [] : [el('p', { class: 'dim' }, safeText(said, 2000))])]
}

/** Any body as a table: mean and deviation in the digits of the measure. */
export function bodyTable(title: string, body: ReportBody): Markup {
  const { heads, columns, rows } = asTable(body)
  if (rows.length === 0) return el('p', { class: 'dim' }, 'Nothing to show: no finished run has these figures.')
  const head: TableHead[] = [...heads.map((name) => [safeText(name, 100)] as const), ...columns.map((column) => [safeText(column.title, 100), 'figure'] as const)]
  const shown = rows.slice(0, MOST_ROWS).map((row): readonly Markup[] => [...row.head.map((value) => safeText(String(value), 200)), ...row.cells.map((cell, index) => (cell ? summaryText(columns[index]?.measure ?? '', cell) : '–'))])
  const table = markupTable(safeText(title, 200), head, shown)
  return rows.length > shown.length ? el('div', {}, table, el('p', { class: 'dim' }, `and ${countText(rows.length - shown.length)} more rows.`)) : table
}

export const asNumbers: Drawing = (item) => bodyTable(item.title, item.body)

export function runsTable({ runs, counts }: Launch): readonly Markup[] {
  const all = RUN_STATES.reduce((sum, state) => sum + counts[state], 0)
  const shown = runs.slice(0, MOST_RUNS)
  const rows = shown.map((run): readonly Markup[] => [el('a', { href: `/runs/${run.id}`, class: 'link' }, `#${run.number}`), safeText(run.name, 100), safeText(run.protocol, 40), String(run.seed), run.state])
  const table = markupTable('Runs', [['run'], ['name'], ['protocol'], ['seed', 'figure'], ['state']], rows)
  return all > shown.length ? [table, el('p', { class: 'dim' }, `and ${countText(all - shown.length)} more.`)] : [table]
}
