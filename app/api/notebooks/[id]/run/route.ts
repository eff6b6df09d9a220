import { AuditweaveError } from '@/lib/audit/errors'
import { isRunnable } from '@/lib/notebook/cell'
import { runCell } from '@/lib/notebook/run/run-cell'
import { notebookSources } from '@/lib/store/notebook-sources'
import { requireNotebook, saveResult } from '@/lib/store/notebooks'
import { idParams, notebookRunBody } from '../../../contracts'
import { handle } from '../../../handle'

/** Runs one cell of the notebook as it is stored and keeps what came out, be it a failure. */
export const POST = handle({ params: idParams, body: notebookRunBody }, async ({ params, body }) => {
  const { id, document, results } = await requireNotebook(params.id)
  const cell = document.cells.find((one) => one.id === body.cell)
  if (!cell || !isRunnable(cell)) throw new AuditweaveError('unknown-cell', `This notebook has no cell "${body.cell}" that can run. Save it, then run the cell again.`)
  const result = await runCell(document.cells, cell, results, notebookSources())
  await saveResult(id, cell.id, result)
  return result
})
