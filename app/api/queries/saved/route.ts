import { createSavedQuery, listSavedQueries, type NamedQuery } from '@/lib/store/saved-queries'
import { handle } from '../../handle'
import { savedBody } from '../contracts'

export const GET = handle({}, () => listSavedQueries())

export const POST = handle({ body: savedBody }, async ({ body }) => createSavedQuery(body as NamedQuery))
