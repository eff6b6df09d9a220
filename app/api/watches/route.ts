import { watchInput } from '@/lib/live/watch'
import { createWatch, listWatches } from '@/lib/store/live/watches'
import { handle } from '../handle'

export const GET = handle({}, async () => listWatches())

/** Makes a watch; it looks at what is in the window at once. */
export const POST = handle({ body: watchInput }, async ({ body }) => createWatch(body))
