import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { answerStack } from '../answer-stack'
import { stackBody } from '../contracts'

export const POST = handle({ params: idParams, body: stackBody, role: 'annotator' }, async ({ params, body, who }) => answerStack('redo', params.id, body, who))
