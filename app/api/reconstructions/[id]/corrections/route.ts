import { listCorrections } from '@/lib/store/contexts/corrections'
import { writeCorrection } from '@/lib/store/contexts/write-correction'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { CORRECTION_LIMIT, correctionBody, correctionsQuery } from '../contracts'
import { answerOutcome } from './answer-outcome'

/** What people corrected, the newest first; of one context where it is named. */
export const GET = handle({ params: idParams, query: correctionsQuery }, async ({ params, query }) => {
  const { revision } = await requireReconstruction(params.id)
  return { revision, corrections: await listCorrections(params.id, query.context) }
})

/** One act on contexts; sent again under its id it is not carried out again. */
export const POST = handle({ params: idParams, body: correctionBody, bodyLimit: CORRECTION_LIMIT, role: 'annotator' }, async ({ params, body, who }) =>
  answerOutcome(await writeCorrection(params.id, body, who.name), 'Somebody has corrected the same contexts meanwhile. Nothing was changed; look at what stands now and do it again.'))
