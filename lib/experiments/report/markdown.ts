import { visibleText } from '@/lib/contexts/visible-text'
import { asTable } from './as-table'
import { summaryText } from './figure-text'
import type { Finding, Report, ReportItem, TableBody } from './report-types'
import type { ReportSource } from './run-record'

/** Tables of more rows are cut; the CSV has all of them. */
const MOST_ROWS = 60
const VERDICTS = { holds: 'holds', fails: 'does not hold', open: 'open' } as const

/** The report as GitHub's Markdown: each item as a table, published figures beside ours, its protocol below it; findings and notes at the end. */
export function reportMarkdown(report: Report, options: { readonly picture?: (item: ReportItem) => string | null } = {}): string {
  const picture = options.picture ?? (() => null)
  const about = [markdownText(report.question), report.reproduces ? `Repeats ${markdownText(report.reproduces)}.` : 'Ours; the paper has no such experiment.', sourceText(report.source, report.runs), `Published: ${markdownText(report.published.source)}.`]
  const items = report.items.flatMap((item) => [`## ${markdownText(item.title)}`, ...pictureLines(item, picture(item)), tableMarkdown(asTable(item.body)), markdownText([item.caption, item.protocol].filter(Boolean).join(' '))])
  return [`# ${markdownText(report.title)}`, about.join(' '), ...items, ...findingsMarkdown(report.findings), ...notesMarkdown(report.notes)].join('\n\n') + '\n'
}

export function sourceText(source: ReportSource | null, runs: number): string {
  if (!source) return 'No run yet: published figures alone.'
  const { dataset } = source
  return `${runs} run${runs === 1 ? '' : 's'} at the ${markdownText(source.scale)} scale on ${markdownText(dataset.name)}, version ${dataset.version}${dataset.sha256 ? ` (sha256 ${dataset.sha256.slice(0, 12)})` : ''}; launch ${markdownText(source.launch)}, ${markdownText(source.at)}.`
}

function pictureLines(item: ReportItem, file: string | null): string[] {
  return file === null ? [] : [`![${markdownText(item.title)}](${encodeURI(file)})`]
}

function tableMarkdown({ heads, columns, rows }: TableBody): string {
  if (rows.length === 0) return 'Nothing to show yet.'
  const shown = rows.slice(0, MOST_ROWS)
  const lines = shown.map(({ head, cells }) => [...head.map((value) => markdownText(String(value))), ...cells.map((cell, index) => (cell ? summaryText(columns[index]?.measure ?? '', cell) : ''))])
  const table = [[...heads.map(markdownText), ...columns.map(({ title }) => markdownText(title))], [...heads.map(() => '---'), ...columns.map(() => '---:')], ...lines]
  const more = rows.length > shown.length ? `\n\n… and ${rows.length - shown.length} more, all in the CSV.` : ''
  return table.map((line) => `| ${line.join(' | ')} |`).join('\n') + more
}

function findingsMarkdown(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return []
  const rows = findings.map(({ title, measured, expected, verdict }) => [title, measured, expected, VERDICTS[verdict]].map(markdownText))
  return ['## Findings', [['What is expected', 'Measured', 'Expected', ''], ['---', '---', '---', '---'], ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n')]
}

function notesMarkdown(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : ['## What differs, and why', notes.map((note) => `- ${noteText(note)}`).join('\n')]
}

/** Notes are written by us: what stands between backticks is code. */
function noteText(note: string): string {
  return note.split(/(`[^`]+`)/).map((part) => (/^`[^`]+`$/.test(part) ? part : markdownText(part))).join('')
}

/** Text that Markdown shows as it is: names come out of a log. */
export function markdownText(text: string): string {
  return visibleText(text).replace(/[\\`*_[\]<>|~#&]/g, (sign) => (sign === '_' || sign === '#' ? sign : `\\${sign}`)).replace(/(^|\W)_|_(?=\W|$)/g, (found) => found.replace('_', '\\_')).replace(/^#/, '\\#')
}

