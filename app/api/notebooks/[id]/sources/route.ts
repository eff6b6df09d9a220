import { presentSources } from '@/lib/notebook/run/run-cell'
import { notebookSources } from '@/lib/store/notebook-sources'
import { requireNotebook } from '@/lib/store/notebooks'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

/** What each cell would be made of if it ran now: the page tells by it which outputs are stale. */
export const GET = handle({ params: idParams }, async ({ params }) => presentSources((await requireNotebook(params.id)).document.cells, notebookSources()))
