import { restoreWatch } from '@/lib/store/live/watches'
import { handle } from '../../../handle'
import { rowParams } from '../../../live/live-contracts'

export const POST = handle({ params: rowParams }, async ({ params }) => restoreWatch(params.id))
