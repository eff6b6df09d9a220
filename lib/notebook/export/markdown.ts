import type { Cell, NotebookDocument } from '../cell'
import { referredIds } from '../dependencies'
import { fenceOf } from '../fence'

/** The notebook as Markdown; outputs are left out, as running brings them back. The opposite of `importMarkdown`. */
export function exportMarkdown(title: string, document: NotebookDocument): string {
  const referred = referredIds(document.cells)
  let text = document.heading ? `# ${title}` : ''
  for (const cell of document.cells) text += gapBefore(cell, text) + sourceOf(cell, referred)
  return text + (document.tail ?? '\n')
}

/** Cells that were moved must not run into one another. */
function gapBefore(cell: Cell, before: string): string {
  if (before === '') return cell.gap ?? ''
  return cell.gap?.includes('\n') ? cell.gap : '\n\n'
}

function sourceOf(cell: Cell, referred: ReadonlySet<string>): string {
  return cell.kind === 'markdown' ? cell.text : fenceOf(cell, referred.has(cell.id) ? 'referred' : 'alone')
}
