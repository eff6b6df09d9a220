import { readLabels } from '@/lib/export/labelled/read-labels'
import { importLabels } from '@/lib/store/dataset-versions/relabel'
import { requireDataset } from '@/lib/store/datasets'
import { deleteUpload, openUpload } from '@/lib/store/uploads'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { labelsFileBody } from '../dataset-contracts'

/** Labels requests as an uploaded file says, as one act that can be undone. */
export const POST = handle({ params: idParams, body: labelsFileBody, role: 'reviewer' }, async ({ params, body, who }) => {
  const dataset = await requireDataset(params.id)
  try {
    const read = await readLabels((await openUpload(body.uploadId)).source, body.name)
    return { format: read.format, unlabelled: read.unlabelled, contradicting: read.contradicting, ...(await importLabels(dataset.id, read.labels, { actor: who.name, file: body.name })) }
  } finally {
    await deleteUpload(body.uploadId)
  }
})
