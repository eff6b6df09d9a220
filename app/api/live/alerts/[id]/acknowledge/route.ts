import { acknowledgeAlert } from '@/lib/store/live/alerts'
import { handle } from '../../../../handle'
import { acknowledgeBody, rowParams } from '../../../live-contracts'

/** Says that somebody has seen to an alert; with state `open` that is taken back. */
export const POST = handle({ params: rowParams, body: acknowledgeBody }, async ({ params, body, who }) => acknowledgeAlert(params.id, { by: who.name, state: body.state }))
