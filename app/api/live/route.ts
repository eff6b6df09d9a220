import { liveUpdate } from '@/lib/jobs/live/live-client'
import { handle } from '../handle'
import { updateQuery, type LiveAnswer } from './live-contracts'

/** How it stands with what is received, and the contexts that changed since a version. */
export const GET = handle({ query: updateQuery }, async ({ query }): Promise<LiveAnswer> => ({ update: await liveUpdate({ run: query.run ?? null, since: query.since }) }))
