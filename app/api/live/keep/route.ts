import { keepReceived } from '@/lib/jobs/live/keep-received'
import { handle } from '../../handle'
import { keepBody } from '../live-contracts'

/** Imports all that has been received into a data set; its progress comes through /api/events. */
export const POST = handle({ body: keepBody }, async ({ body }) => ({ id: await keepReceived(body.name) }))
