import { importMarkdown } from '@/lib/notebook/import-markdown'
import { createNotebook, listNotebooks } from '@/lib/store/notebooks'
import { notebookBody } from '../contracts'
import { handle } from '../handle'

const MARKDOWN_LIMIT = 4 * 1024 * 1024

export const GET = handle({}, async () => listNotebooks())

/** A new notebook, empty or from Markdown; `notes` says which blocks stayed text. */
export const POST = handle({ body: notebookBody, bodyLimit: MARKDOWN_LIMIT }, async ({ body }) => {
  const read = importMarkdown(body.markdown ?? '', body.title ?? body.name?.replace(/\.(?:md|markdown|txt)$/i, '') ?? 'Untitled notebook')
  const document = body.markdown === undefined ? { cells: [], heading: true } : read.document
  const { id } = await createNotebook({ title: body.title ?? read.title, document })
  return { id, notes: read.notes }
})
