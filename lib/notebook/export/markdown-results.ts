import type { Markup } from '@/lib/export/markup'
import { toPlainText } from '@/lib/export/markup'
import { markdownText } from '@/lib/experiments/report/markdown'
import type { NotebookDocument } from '../cell'
import { referredIds } from '../dependencies'
import { fenceOf } from '../fence'
import { madeOfText, outputMarkup } from '../output-markup'
import type { CellResult, Results } from '../result'
import type { Cell } from '../cell'

/** The notebook as Markdown for readers: below each cell what came out of it, figures as tables of their numbers. */
export function exportMarkdownResults(title: string, document: NotebookDocument, results: Results): string {
  const referred = referredIds(document.cells)
  const cells = document.cells.flatMap((cell) => (cell.kind === 'markdown' ? [cell.text.trim()] : [fenceOf(cell, referred.has(cell.id) ? 'referred' : 'alone'), ...resultText(cell, results[cell.id])]))
  return `${[...(document.heading ? [`# ${title}`] : []), ...cells].filter((text) => text !== '').join('\n\n')}\n`
}

function resultText(cell: Cell, result: CellResult | undefined): string[] {
  if (!result) return ['*Not run yet.*']
  const body = result.output ? outputMarkup(cell, result.output).flatMap(blocks) : [`**Failed:** ${markdownText(result.error?.message ?? 'for a reason that was not kept')}`]
  return [...body, `*${markdownText(madeOfText(result))}*`]
}

/** Elements as paragraphs, lists and tables; pictures leave their titles. */
function blocks(markup: Markup): string[] {
  if (typeof markup === 'string') return plain(markup)
  const { tag, children } = markup
  if (tag === 'table') return [tableText(markup)]
  if (tag === 'figcaption') return plain(markup).map((text) => `**${text}**`)
  if (tag === 'ul') return [children.map((child) => `- ${plain(child).join(' ')}`).join('\n')]
  if (tag === 'svg') return []
  return tag === 'div' || tag === 'figure' || tag === 'section' ? children.flatMap(blocks) : plain(markup)
}

function plain(markup: Markup): string[] {
  const text = markdownText(toPlainText(markup).replace(/\s+/g, ' ').trim())
  return text === '' ? [] : [text]
}

function tableText(table: Markup): string {
  const rows = rowsOf(table)
  const [head = [], ...body] = rows.map((cells) => cells.map((cell) => plain(cell).join(' ')))
  const marks = (rows[0] ?? []).map((cell) => (typeof cell !== 'string' && cell.attributes.class === 'figure' ? '---:' : '---'))
  return [head, marks, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function rowsOf(markup: Markup): (readonly Markup[])[] {
  if (typeof markup === 'string') return []
  return markup.tag === 'tr' ? [markup.children] : markup.children.flatMap(rowsOf)
}
