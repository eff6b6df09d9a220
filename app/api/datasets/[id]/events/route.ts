import { listEvents } from '@/lib/store/events'
import { eventsQuery, idParams } from '../../../contracts'
import { handle } from '../../../handle'

export const GET = handle({ params: idParams, query: eventsQuery }, async ({ params, query }) => listEvents(params.id, query))
