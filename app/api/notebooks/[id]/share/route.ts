import { shareNotebook, withdrawNotebook } from '@/lib/store/notebooks'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

/** Gives the notebook a read-only address. */
export const POST = handle({ params: idParams }, async ({ params }) => ({ token: await shareNotebook(params.id) }))

/** Withdraws it: whoever has the address finds nothing there. */
export const DELETE = handle({ params: idParams }, async ({ params }) => {
  await withdrawNotebook(params.id)
  return { token: null }
})
