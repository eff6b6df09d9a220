import { addExampleNotebooks } from '@/lib/store/example-notebooks'
import { handle } from '../../handle'

/** Adds the notebooks that ship and are not there yet. */
export const POST = handle({}, async () => ({ ids: await addExampleNotebooks() }))
