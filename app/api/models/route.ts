import { handle } from '../handle'
import { listLibrary } from './library'

export const GET = handle({}, async () => {
  const models = await listLibrary()
  return models.map(({ id, name, state, isDefault, runId }) => ({ id, name, state, isDefault, runId }))
})
