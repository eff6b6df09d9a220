import type { Cell, NotebookDocument, RunnableCell } from '../cell'
import { contentKey, infoOf } from '../fence'
import { el, safeText, toHtml, toPlainText } from '@/lib/export/markup'
import { madeOfText, outputMarkup } from '../output-markup'
import type { Drawing } from '../report-markup'
import type { CellResult, Results } from '../result'

/**
 * The notebook in Jupyter's format, nbformat 4.5: text as Markdown cells, the others as code cells whose first line names what they do and whose
 * outputs are text, HTML and JSON. Jupyter shows it; it cannot run it, as the kernel is this application.
 */
export function exportIpynb(title: string, document: NotebookDocument, results: Results, draw?: Drawing): string {
  const heading = document.heading ? [{ cell_type: 'markdown', id: 'title', metadata: {}, source: lines(`# ${title}`) }] : []
  let count = 0
  const cells = document.cells.map((cell) => (cell.kind === 'markdown' ? markdown(cell) : code(cell, results[cell.id], results[cell.id] ? ++count : null, draw)))
  const notebook = {
    cells: [...heading, ...cells],
    metadata: { kernelspec: { display_name: 'Auditweave', language: 'auditweave', name: 'auditweave' }, language_info: { name: 'auditweave' }, title },
    nbformat: 4,
    nbformat_minor: 5,
  }
  return `${JSON.stringify(notebook, null, 1)}\n`
}

/** Multi-line texts are lists of lines that keep their ends. */
function lines(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
}

function markdown(cell: Cell): object {
  return { cell_type: 'markdown', id: jupyterId(cell.id), metadata: {}, source: lines(cell.text) }
}

/** The cell that holds the title has an id of its own. */
function jupyterId(id: string): string {
  return id === 'title' ? 'title-cell' : id
}

function code(cell: RunnableCell, result: CellResult | undefined, count: number | null, draw: Drawing | undefined): object {
  const auditweave = { ...(Object.fromEntries(JSON.parse(contentKey(cell)) as [string, unknown][]) as object), ...(result ? { made: result.made, ranAt: result.ranAt } : {}) }
  return { cell_type: 'code', execution_count: count, id: jupyterId(cell.id), metadata: { auditweave }, outputs: result ? outputs(cell, result, count ?? 1, draw) : [], source: lines(`%%${infoOf(cell, 'always')}\n${cell.text}`) }
}

function outputs(cell: Cell, result: CellResult, count: number, draw: Drawing | undefined): object[] {
  const { output, error } = result
  if (!output) return [{ output_type: 'error', ename: error?.code ?? 'failed', evalue: safeText(error?.message ?? '', 2000), traceback: lines(safeText(error?.message ?? '', 2000)) }]
  const made = el('p', {}, madeOfText(result))
  // Plain text has figures as numbers.
  const data = { 'text/plain': lines(toPlainText([...outputMarkup(cell, output), made])), 'text/html': lines(toHtml(el('div', {}, outputMarkup(cell, output, draw), made))), 'application/json': output }
  return [{ output_type: 'execute_result', execution_count: count, data, metadata: {} }]
}
