import { exportHtml } from '@/lib/notebook/export/html'
import { exportIpynb } from '@/lib/notebook/export/ipynb'
import { exportMarkdown } from '@/lib/notebook/export/markdown'
import { exportMarkdownResults } from '@/lib/notebook/export/markdown-results'
import { printDrawing } from '@/lib/notebook/export/print-drawing.node.ts'
import { presentSources } from '@/lib/notebook/run/run-cell'
import { notebookSources } from '@/lib/store/notebook-sources'
import { requireNotebook, type Notebook } from '@/lib/store/notebooks'
import { idParams, notebookExportQuery, type NOTEBOOK_FORMATS } from '../../../contracts'
import { handle } from '../../../handle'

type Format = (typeof NOTEBOOK_FORMATS)[number]
const TYPES: Readonly<Record<Format, string>> = { md: 'text/markdown; charset=utf-8', 'md-results': 'text/markdown; charset=utf-8', html: 'text/html; charset=utf-8', ipynb: 'application/x-ipynb+json' }

/** The notebook as a file. */
export const GET = handle({ params: idParams, query: notebookExportQuery }, async ({ params, query: { format } }) => {
  const notebook = await requireNotebook(params.id)
  const headers = { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${fileName(notebook.title)}.${format === 'md-results' ? 'results.md' : format}"`, 'cache-control': 'no-store' }
  return new Response(await write(notebook, format), { headers })
})

async function write(notebook: Notebook, format: Format): Promise<string> {
  const { title, document, results, updatedAt } = notebook
  if (format === 'md') return exportMarkdown(title, document)
  if (format === 'md-results') return exportMarkdownResults(title, document, results)
  const draw = printDrawing()
  if (format === 'ipynb') return exportIpynb(title, document, results, draw)
  return exportHtml({ title, document, results, updatedAt, draw, present: await presentSources(document.cells, notebookSources()) })
}

function fileName(title: string): string {
  return title.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).toLowerCase() || 'notebook'
}
