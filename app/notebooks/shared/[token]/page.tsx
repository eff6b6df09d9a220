import type { Metadata } from 'next'
import { guardShared, orNotFound } from '../../../guard'
import { shareTokenSchema } from '../../../api/contracts'
import { cellMarkup } from '@/lib/notebook/export/cell-markup'
import { printDrawing } from '@/lib/notebook/export/print-drawing.node.ts'
import { sharedNotebook } from '@/lib/store/notebooks'
import { MarkupView } from '@/components/notebook/markup-view'
import { formatInstant } from '@/components/format/instant'

export const metadata: Metadata = { title: 'Shared notebook', robots: { index: false, follow: false } }

type Props = { params: Promise<{ token: string }> }

/** For whoever has the address: its token is the right to read this one notebook, and nothing here asks the server for more. */
export default async function SharedNotebookRoute({ params }: Props) {
  await guardShared()
  const { token } = await params
  const notebook = await orNotFound(shareTokenSchema.safeParse(token).success ? sharedNotebook(token) : Promise.resolve(null))
  const { title, document, results, updatedAt } = notebook
  const draw = printDrawing()
  return (
    <div className="mx-auto w-full max-w-[60rem] px-4 pt-8 pb-24 lg:px-6">
      <h1 className="text-28 font-semibold break-words">{title}</h1>
      <p className="mt-1 mb-6 text-dim">Auditweave notebook, read only, saved {formatInstant(updatedAt)}</p>
      <div className="space-y-5">
        {document.cells.map((cell) => <MarkupView key={cell.id} prose={cell.kind === 'markdown'} markup={[cellMarkup(cell, results[cell.id], { draw })]} />)}
      </div>
    </div>
  )
}
