import { readLine } from '@/lib/store/contexts/line'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { handle } from '../../../../handle'
import { lineParams } from '../../contracts'

/** One line: the event as stored, secrets redacted, where it stands and the evidence for that. */
export const GET = handle({ params: lineParams }, async ({ params }) => {
  await requireReconstruction(params.id)
  return readLine(params.id, params.seq)
})
