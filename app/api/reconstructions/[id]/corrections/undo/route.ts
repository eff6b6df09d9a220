import { undoCorrection } from '@/lib/store/contexts/write-correction'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { undoBody } from '../../contracts'
import { answerOutcome } from '../answer-outcome'

/** Takes one act back. */
export const POST = handle({ params: idParams, body: undoBody, role: 'annotator' }, async ({ params, body, who }) =>
  answerOutcome(await undoCorrection(params.id, body, who.name), 'Later corrections build on this one. Undo those first, the newest first.'))
