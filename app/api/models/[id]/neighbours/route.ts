import { modelParams } from '../../../contracts'
import { handle } from '../../../handle'
import { neighboursText } from '../../library'

export const GET = handle({ params: modelParams }, async ({ params }) => new Response(await neighboursText(params.id), { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } }))
