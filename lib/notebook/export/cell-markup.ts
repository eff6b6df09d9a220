import type { Cell } from '../cell'
import { infoOf } from '../fence'
import { el, safeText, type Markup } from '@/lib/export/markup'
import { markdownMarkup } from '../markdown/blocks'
import { madeOfText, outputMarkup } from '../output-markup'
import type { Drawing } from '../report-markup'
import type { CellResult } from '../result'

/** A cell as a reader sees it: text as text; of the others what was asked, what came out, and what that was made of. `draw` draws the figures of runs. */
export function cellMarkup(cell: Cell, result: CellResult | undefined, { stale = [], draw }: { readonly stale?: readonly string[] | undefined; readonly draw?: Drawing | undefined } = {}): Markup {
  if (cell.kind === 'markdown') return el('section', { class: 'cell prose' }, markdownMarkup(cell.text))
  const asked = cell.kind === 'query' ? el('pre', { class: 'asked', tabindex: 0 }, el('code', {}, safeText(cell.text))) : []
  return el('section', { class: 'cell made', id: `cell-${cell.id}` }, el('p', { class: 'kind' }, safeText(infoOf(cell, 'named'), 300)), asked, resultMarkup(cell, result, stale, draw))
}

function resultMarkup(cell: Cell, result: CellResult | undefined, stale: readonly string[], draw: Drawing | undefined): readonly Markup[] {
  if (!result) return [el('p', { class: 'dim' }, 'Not run yet.')]
  const caption = cell.kind !== 'query' && cell.kind !== 'chart' && cell.kind !== 'markdown' && cell.text.trim() !== '' ? markdownMarkup(cell.text) : []
  const body = result.output ? outputMarkup(cell, result.output, draw) : [el('p', { class: 'failed' }, `Failed: ${safeText(result.error?.message ?? 'for a reason that was not kept', 2000)}`)]
  const warning = stale.length > 0 ? [el('p', { class: 'stale' }, `Stale: ${safeText(stale.join('; '), 500)}.`)] : []
  return [...caption, ...body, ...warning, el('p', { class: 'dim made-of' }, madeOfText(result))]
}
