import { disableAnnotator } from '@/lib/store/labelling/annotators'
import { idParams } from '../../contracts'
import { handle } from '../../handle'

/** Ends an annotator's rights; the labels stay. */
export const DELETE = handle({ params: idParams }, async ({ params }) => {
  await disableAnnotator(params.id)
  return { ok: true }
})
