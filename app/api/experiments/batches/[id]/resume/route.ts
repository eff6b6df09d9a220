import { resumeBatch } from '@/lib/jobs/queue'
import { idParams, resumeBody } from '../../../../contracts'
import { handle } from '../../../../handle'

export const POST = handle({ params: idParams, body: resumeBody }, async ({ params, body }) => ({ queued: await resumeBatch(params.id, body) }))
