import { createView, listViews } from '@/lib/store/saved-views'
import { handle } from '../handle'
import { viewBody, viewsQuery } from './contract'

export const GET = handle({ query: viewsQuery }, async ({ query }) => listViews(query.room))

export const POST = handle({ body: viewBody }, async ({ body }) => createView(body))
