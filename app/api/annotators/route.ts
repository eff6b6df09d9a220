import { addAnnotator, listAnnotators } from '@/lib/store/labelling/annotators'
import { handle } from '../handle'
import { annotatorBody } from './contracts'

export const GET = handle({}, async ({ who }) => ({ annotators: await listAnnotators(), me: who }))

/** The token of the answer is shown this once. */
export const POST = handle({ body: annotatorBody }, async ({ body }) => addAnnotator(body.name, body.role))
