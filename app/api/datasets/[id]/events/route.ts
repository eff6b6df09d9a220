import { requireDataset } from '@/lib/store/datasets'
import { listEvents } from '@/lib/store/events'
import { eventsQuery, idParams } from '../../../contracts'
import { handle } from '../../../handle'

export const GET = handle({ params: idParams, query: eventsQuery }, async ({ params, query }) => {
  const { id } = await requireDataset(params.id)
  return listEvents(id, query)
})
