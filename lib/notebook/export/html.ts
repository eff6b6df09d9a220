import type { NotebookDocument } from '../cell'
import { el, safeText, toHtml } from '@/lib/export/markup'
import type { Drawing } from '../report-markup'
import type { Results } from '../result'
import { staleness, type Present } from '../staleness'
import { cellMarkup } from './cell-markup'
import { STYLE } from './style'

/** No script runs in the file and nothing is loaded, whoever opens it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * The notebook with its outputs as one HTML file: escaped, without scripts or requests, figures drawn inside. Links into the application lead to `origin`
 * where one is given; `draw` draws figures of runs, which are tables without it.
 */
export function exportHtml(notebook: { readonly title: string; readonly document: NotebookDocument; readonly results: Results; readonly present: Present; readonly updatedAt: string; readonly origin?: string | null; readonly draw?: Drawing }): string {
  const { title, document, results, present, updatedAt, draw } = notebook
  const stale = staleness(document.cells, results, present)
  const cells = document.cells.map((cell) => toHtml(cellMarkup(cell, results[cell.id], { stale: stale.get(cell.id), draw })))
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    toHtml(el('title', {}, safeText(title))),
    `<style>${STYLE}</style>`,
  ]
  const body = [toHtml(el('h1', {}, safeText(title))), toHtml(el('p', { class: 'dim' }, `Auditweave notebook, saved ${updatedAt.slice(0, 19).replace('T', ' ')} UTC.`)), ...cells]
  const page = `<!doctype html>\n<html lang="en">\n<head>\n${head.join('\n')}\n</head>\n<body>\n<main class="notebook">\n${body.join('\n')}\n</main>\n</body>\n</html>\n`
  return notebook.origin === undefined || notebook.origin === null ? page.replace(/ href="\/[^"]*"/g, '') : page.replaceAll(' href="/', ` href="${new URL(notebook.origin).origin}/`)
}
