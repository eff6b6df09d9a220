import { watchChange } from '@/lib/live/watch'
import { changeWatch, removeWatch } from '@/lib/store/live/watches'
import { handle } from '../../handle'
import { rowParams } from '../../live/live-contracts'

export const PUT = handle({ params: rowParams, body: watchChange }, async ({ params, body }) => changeWatch(params.id, body))

/** Its alerts stay, and `restore` brings it back. */
export const DELETE = handle({ params: rowParams }, async ({ params }) => removeWatch(params.id))
