import { z } from 'zod'
import { revisionsOf } from '@/lib/contexts/view/revisions'
import { objectEvents } from '@/lib/store/context-events'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { handle } from '../../../../../handle'
import { contextParams } from '../../../contracts'

/** An object as the log names it; without a namespace for one of the cluster. */
const revisionsQuery = z.object({ resource: z.string().max(300).default(''), namespace: z.string().min(1).max(2000).optional(), name: z.string().max(2000).default('') })

/** How one object came to be as it is: its changes in the context in order, each with what differs. */
export const GET = handle({ params: contextParams, query: revisionsQuery }, async ({ params, query }) => {
  await requireReconstruction(params.id)
  const key = { resource: query.resource, namespace: query.namespace ?? null, name: query.name }
  const { events, earlier, omitted } = await objectEvents(params.id, params.context, key)
  return { revisions: revisionsOf(key, events, earlier), omitted }
})
